import { Presets, SingleBar } from 'cli-progress';

/** How far it is: a bar for who watches, a line now and then for a log. */
export class Progress {
  private readonly bar: SingleBar | undefined;
  private finished = 0;

  constructor(private readonly total: number) {
    if (!process.stdout.isTTY) return;
    this.bar = new SingleBar(
      { format: ' {bar} {value}/{total} · {last}', hideCursor: true, clearOnComplete: true },
      Presets.rect,
    );
    this.bar.start(total, 0, { last: 'filing' });
  }

  done(what: string): void {
    this.finished += 1;
    if (this.bar) this.bar.increment({ last: what });
    else process.stdout.write(`${String(this.finished).padStart(3)}/${this.total} ${what}\n`);
  }

  end(): void {
    this.bar?.stop();
  }
}
