import type { CoreEvent } from '../domain/case/core';
import type { Recorded } from '../domain/case/model';
import type { Bilingual } from '../domain/refusal';

export type Settled =
  { readonly state: 'moved' | 'failed-again'; readonly detail: Bilingual } | { readonly state: 'asked' };

/**
 * What became of a retry, by the case's own log: done only when the step that had failed was taken. `cause` is the retry's
 * own id, so another retry of the same case is not mistaken for it. null when the log does not hold this retry.
 */
export const settle = (events: readonly Recorded[], cause: string): Settled | null =>
  settledAfter(
    events,
    events.findIndex((recorded) => recorded.cause === cause && recorded.event.type === 'RetryRequested'),
  );

/** The same of the newest retry, whoever asked for it. */
export const settleNewest = (events: readonly Recorded[]): Settled | null =>
  settledAfter(
    events,
    events.findLastIndex(({ event }) => event.type === 'RetryRequested'),
  );

function settledAfter(events: readonly Recorded[], asked: number): Settled | null {
  if (asked < 0) return null;
  for (const { event, version } of events.slice(asked + 1) as readonly Recorded<CoreEvent>[]) {
    if (event.type === 'IncidentCleared')
      return {
        state: 'moved',
        detail: {
          en: `past "${event.step}" at version ${version}`,
          ar: `تجاوزت "${event.step}" عند النسخة ${version}`,
        },
      };
    if (event.type === 'IncidentRaised')
      return {
        state: 'failed-again',
        detail: {
          en: `"${event.step}": ${event.source} answers ${event.code}`,
          ar: `"${event.step}": يجيب ${event.source} بـ ${event.code}`,
        },
      };
  }
  return { state: 'asked' };
}
