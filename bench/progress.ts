import { Presets, SingleBar } from 'cli-progress';

const LINE_EVERY = 10_000;

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;

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
        format: ` {bar} {percentage} % · {value}/{total} ${what} · {rate}/s · {left} left`,
        hideCursor: true,
        clearOnComplete: true,
        fps: 4,
      },
      Presets.rect,
    );
    this.bar.start(total, 0, { rate: '-', left: '-' });
  }

  step(by = 1): void {
    this.done += by;
    const seconds = (performance.now() - this.began) / 1000;
    const perSecond = this.done / Math.max(seconds, 0.001);
    const left = clock((this.total - this.done) / Math.max(perSecond, 0.001));
    if (this.bar) this.bar.update(this.done, { rate: perSecond.toFixed(0), left });
    else if (performance.now() - this.told > LINE_EVERY) {
      this.told = performance.now();
      process.stdout.write(`${this.done}/${this.total} ${this.what} · ${perSecond.toFixed(0)}/s · ${left} left\n`);
    }
  }

  end(): void {
    this.bar?.stop();
  }
}
