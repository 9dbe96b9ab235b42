import { Presets, SingleBar } from 'cli-progress';

const LINE_EVERY = 10_000;

export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** How far a long run is, and when it will be over: a bar for who watches, a line now and then for a log. */
export class LongProgress {
  private readonly bar: SingleBar | undefined;
  private readonly began = performance.now();
  private told = performance.now();
  private done = 0;

  constructor(
    private readonly what: string,
    private readonly total: number,
  ) {
    if (!process.stdout.isTTY) return;
    this.bar = new SingleBar(
      {
        format: ` {bar} {percentage} % · {value}/{total} ${what} · {rate}/s · {elapsed} so far · {left} left`,
        hideCursor: true,
        clearOnComplete: true,
        fps: 4,
      },
      Presets.rect,
    );
    this.bar.start(total, 0, { rate: '-', elapsed: clock(0), left: '-' });
  }

  step(by = 1): void {
    this.done += by;
    const seconds = (performance.now() - this.began) / 1000;
    const perSecond = this.done / Math.max(seconds, 0.001);
    const elapsed = clock(seconds);
    const left = clock((this.total - this.done) / Math.max(perSecond, 0.001));
    if (this.bar) this.bar.update(this.done, { rate: perSecond.toFixed(0), elapsed, left });
    else if (performance.now() - this.told > LINE_EVERY) {
      this.told = performance.now();
      process.stdout.write(
        `${this.done}/${this.total} ${this.what} · ${perSecond.toFixed(0)}/s · ${elapsed} so far · ${left} left\n`,
      );
    }
  }

  /** How much was done and in what time stays on the screen. */
  end(): void {
    this.bar?.stop();
    const elapsed = clock((performance.now() - this.began) / 1000);
    process.stdout.write(`${this.done}/${this.total} ${this.what} in ${elapsed}\n`);
  }
}
