import { join } from 'node:path';
import { between, chance, idOf } from './chance';
import type { CaseScript, PartyName } from './dials';
import { noFaults } from './faults';
import { type Answered, JsonLines, type LedgerLine, type OutgoingWebhook } from './ledger';
import type { Scripts } from './scripts';
import { type WebhookContent, WebhookSender } from './webhook-sender';

export interface Entry {
  readonly type: string;
  readonly caseId: string;
}

/** What the entries of a party's ledger amount to. Knows no clock, no HTTP and no files. */
export interface Book<E extends Entry> {
  apply(entry: E, at: string): void;
  /** The payment, order or parcel that an entry is about. */
  subjectOf(entry: E): string;
  caseOf(subject: string): string | undefined;
  /** In the order in which they came about; all of them without a case. */
  subjects(caseId?: string): readonly string[];
  view(subject: string): object;
  /** The step that follows of itself; null when somebody outside has the next move. */
  next(subject: string, script: CaseScript): string | null;
  /** What the named step enters, or an HttpProblem that says why not. */
  step(name: string, subject: string, reason?: string): E;
  webhookOf(entry: E): WebhookContent | null;
  totals(): Readonly<Record<string, number>>;
}

export interface PartySettings<E extends Entry> {
  readonly name: PartyName;
  readonly dataDir: string;
  readonly seed: number;
  readonly webhookSecret: string;
  readonly scripts: Scripts;
  readonly webhookTarget: () => string | null;
  readonly book: Book<E>;
}

/** One party outside: its book, the ledger that the book is rebuilt from, its webhooks, and what it does of itself. */
export class Party<E extends Entry = Entry> {
  readonly name: PartyName;
  readonly book: Book<E>;
  readonly answers = new Map<string, Answered>();
  readonly faults = noFaults();
  private readonly ledger: JsonLines<LedgerLine<E>>;
  private readonly webhooks: WebhookSender;
  private readonly planned = new Map<string, NodeJS.Timeout>();
  private seq = 0;

  constructor(private readonly settings: PartySettings<E>) {
    const { name, dataDir, book } = settings;
    this.name = name;
    this.book = book;
    this.webhooks = new WebhookSender(join(dataDir, `${name}.delivered.jsonl`), settings.webhookSecret, () => {
      const target = settings.webhookTarget();
      return target === null ? null : `${target}/v1/webhooks/${name}`;
    });
    this.ledger = new JsonLines<LedgerLine<E>>(join(dataDir, `${name}.jsonl`), (line) => this.replay(line));
    for (const subject of book.subjects()) this.plan(subject);
  }

  /** Enters it, remembers the answer, tells by webhook, and plans what follows. */
  record(entry: E, request?: Answered): LedgerLine<E> {
    const at = new Date().toISOString();
    const content = this.book.webhookOf(entry);
    const line: LedgerLine<E> = {
      seq: this.seq + 1,
      at,
      entry,
      ...(request && { request }),
      ...(content && { webhook: this.fateOf(content, at) }),
    };
    this.ledger.append(line);
    this.apply(line);
    if (line.webhook && content) this.webhooks.send(line.webhook, at, content);
    this.plan(this.book.subjectOf(entry));
    return line;
  }

  lines(): AsyncGenerator<LedgerLine<E>> {
    return this.ledger.lines();
  }

  /** Plans again after a change of dials or of a case's script. */
  replan(caseId?: string): void {
    for (const subject of this.book.subjects(caseId)) {
      clearTimeout(this.planned.get(subject));
      this.planned.delete(subject);
      this.plan(subject);
    }
  }

  wakeWebhooks(): void {
    this.webhooks.wake();
  }

  close(): void {
    for (const timer of this.planned.values()) clearTimeout(timer);
    this.webhooks.close();
    this.ledger.close();
  }

  private replay(line: LedgerLine<E>): void {
    this.apply(line);
    const content = line.webhook && this.book.webhookOf(line.entry);
    if (line.webhook && content) this.webhooks.replayed(line.webhook, line.at, content);
  }

  private apply(line: LedgerLine<E>): void {
    this.seq = line.seq;
    this.book.apply(line.entry, line.at);
    if (line.request) this.answers.set(line.request.key, line.request);
    const { lost = false, copies = 1, delayMs = 0 } = line.webhook ?? {};
    if (lost) this.faults.lostWebhooks += 1;
    else {
      if (copies > 1) this.faults.doubledWebhooks += 1;
      if (delayMs > 0) this.faults.shuffledWebhooks += 1;
    }
  }

  /** By what it tells, so that of two captures of one payment one can be lost and the other not. */
  private fateOf(content: WebhookContent, at: string): OutgoingWebhook {
    const { seed, name, scripts } = this.settings;
    const { lostRate, doubledRate, shuffleMs } = scripts.dials(name).webhooks;
    const what = JSON.stringify(content);
    return {
      id: idOf('msg', name, this.seq + 1, at, what),
      lost: lostRate > 0 && chance(seed, 'lost', what) < lostRate,
      copies: doubledRate > 0 && chance(seed, 'doubled', what) < doubledRate ? 2 : 1,
      delayMs: shuffleMs > 0 ? between({ min: 0, max: shuffleMs }, chance(seed, 'shuffle', what)) : 0,
    };
  }

  private plan(subject: string): void {
    if (this.planned.has(subject) || this.nextOf(subject) === null) return;
    const { seed, name, scripts } = this.settings;
    const ms = between(scripts.dials(name).automaticAfter, chance(seed, 'automatic', subject));
    const timer = setTimeout(() => {
      this.planned.delete(subject);
      const step = this.nextOf(subject);
      if (step !== null) this.record(this.book.step(step, subject));
    }, ms);
    this.planned.set(subject, timer);
  }

  private nextOf(subject: string): string | null {
    const caseId = this.book.caseOf(subject) ?? '';
    const { name, scripts } = this.settings;
    return scripts.isAutomatic(name, caseId) ? this.book.next(subject, scripts.of(caseId)) : null;
  }
}
