import { evolve, nextOf, statusOf, type CoreEvent } from './core';
import { filingOf } from './from-log';
import type { CaseFile, CaseType, Recorded } from './model';

/** What a case began to wait for with a version; '' where it waits for nothing. */
export interface KeptWait {
  readonly version: number;
  readonly waiting: string;
  /** With this version the case came into the stage that it is in. */
  readonly entered: boolean;
}

function waitingFor(type: CaseType, file: CaseFile): string {
  if (statusOf(file) === 'ON_HOLD') return 'hold';
  if (file.incident) return 'incident';
  const next = nextOf(type, file);
  return 'wait' in next && next.wait.who ? next.wait.what : '';
}

/**
 * What `case_waits` has to hold of a case, as the fold of its log tells. It is kept with each append, and an append has one cause: so it is
 * told wherever the cause changes, and at the versions that are `kept`, for one cause may have come to several appends.
 */
export function waitsFrom(type: CaseType, log: readonly Recorded[], kept: ReadonlySet<number>): KeptWait[] {
  const filing = filingOf(log);
  const waits: KeptWait[] = [];
  if (!filing) return waits;
  let file = type.open(filing);
  let before: { readonly waiting: string; readonly since: string } | undefined;
  for (const [i, recorded] of log.entries()) {
    file = evolve(type, file, recorded as Recorded<CoreEvent>);
    const { version, cause } = recorded;
    if (log[i + 1]?.cause === cause && !kept.has(version)) continue;
    const now = { waiting: waitingFor(type, file), since: file.stageSince };
    const entered = now.since !== before?.since;
    if (entered || now.waiting !== before?.waiting) waits.push({ version, waiting: now.waiting, entered });
    before = now;
  }
  return waits;
}
