import type { Book } from '../core/party';
import { notFound } from '../core/problem';

export interface NoticeEntry {
  readonly type: 'issued';
  /** Notices belong to no case; the ledger lists them by their reference. */
  readonly caseId: string;
  readonly reference: string;
  readonly kind: 'birth' | 'marriage' | 'divorce' | 'death' | 'family-link';
  readonly on: string;
  readonly people: readonly string[];
}

/** What hospitals and courts have sent in. They answer by reference and tell nobody of themselves. */
export class NoticeBook implements Book<NoticeEntry> {
  private readonly notices = new Map<string, NoticeEntry>();

  apply(entry: NoticeEntry): void {
    this.notices.set(entry.reference, entry);
  }

  subjectOf(entry: NoticeEntry): string {
    return entry.reference;
  }

  caseOf(reference: string): string | undefined {
    return this.notices.get(reference)?.caseId;
  }

  subjects(caseId?: string): readonly string[] {
    return [...this.notices.keys()].filter((reference) => caseId === undefined || reference === caseId);
  }

  view(reference: string): object {
    const notice = this.notices.get(reference);
    if (!notice) throw notFound('notice');
    const { kind, on, people } = notice;
    return { reference, kind, on, people };
  }

  next(): null {
    return null;
  }

  step(): never {
    throw notFound('step');
  }

  webhookOf(): null {
    return null;
  }

  totals(): Readonly<Record<string, number>> {
    return { issued: this.notices.size };
  }
}
