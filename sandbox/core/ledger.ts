import {
  closeSync,
  createReadStream,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { HttpProblem } from './problem';

/** The answer that a request with an Idempotency-Key was given; kept with its effect in one line, so that neither is without the other. */
export interface Answered {
  readonly key: string;
  readonly digest: string;
  readonly status: number;
  readonly answer: object;
}

export interface OutgoingWebhook {
  readonly id: string;
  /** The thing happened and nobody is told; whoever needs to know has to ask. */
  readonly lost: boolean;
  readonly copies: number;
  readonly delayMs: number;
}

export interface LedgerLine<E> {
  readonly seq: number;
  readonly at: string;
  readonly entry: E;
  readonly request?: Answered;
  readonly webhook?: OutgoingWebhook;
}

/**
 * Append-only JSON lines. A line is with the operating system before its answer leaves, so a killed server loses nothing
 * that it answered. A torn last line was never answered and is cut off when the file is opened.
 */
export class JsonLines<L> {
  private fd: number | null;

  constructor(
    private readonly path: string,
    replay: (line: L) => void,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    const intact = existsSync(path) ? replayFile(path, replay) : 0;
    this.fd = openSync(path, 'a');
    ftruncateSync(this.fd, intact);
  }

  append(line: L): void {
    if (this.fd === null) throw new HttpProblem(503, 'closing');
    writeSync(this.fd, `${JSON.stringify(line)}\n`);
  }

  /** Every line so far, in order, read from the file and not from memory. */
  async *lines(): AsyncGenerator<L> {
    const reader = createInterface({ input: createReadStream(this.path, 'utf8'), crlfDelay: Infinity });
    for await (const text of reader) if (text) yield JSON.parse(text) as L;
  }

  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }
}

/** Answers the length of the part that is whole, in bytes. */
function replayFile<L>(path: string, replay: (line: L) => void): number {
  const bytes = readFileSync(path);
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    replay(JSON.parse(bytes.toString('utf8', start, end)) as L);
    start = end + 1;
  }
  return start;
}
