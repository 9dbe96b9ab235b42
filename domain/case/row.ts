import { nextOf, statusOf } from './core';
import { stepOf, type AnyEvent, type CaseFile, type CaseType, type WaitOwner } from './model';
import { millis, type Instant } from '../time';

/** What lists and searches read about a case; written in the transaction that appends its events. */
export interface CaseRow {
  readonly status: string;
  readonly waitingWhat: string | null;
  readonly waitingWho: WaitOwner | null;
  readonly waitingUntil: Instant | null;
  readonly claimedBy: string | null;
  /** As of the last event: an alarm stands at the end of each such time, so that its passing is an event too. */
  readonly overdue: boolean;
  /** Whom the case concerns, besides its subject where it is about others at all: they are found by it as the subject is. */
  readonly people: readonly string[];
  readonly file: CaseFile;
}

export function rowOf<F extends CaseFile, E extends AnyEvent>(type: CaseType<F, E>, file: F, at: Instant): CaseRow {
  const next = nextOf(type, file);
  const wait = 'wait' in next ? next.wait : undefined;
  const { people = [], asked = [] } = type.concerned?.(file) ?? {};
  return {
    status: statusOf(file),
    waitingWhat: wait?.what ?? stepOf(next) ?? null,
    waitingWho: wait?.who ?? null,
    waitingUntil: wait?.until ?? null,
    claimedBy: type.claimedBy(file, at) ?? null,
    overdue: wait?.due !== undefined && millis(wait.due) <= millis(at),
    people: [...new Set([...people, ...asked])],
    file,
  };
}
