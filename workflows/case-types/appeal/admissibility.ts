import type { AnyEvent, Recorded } from '../../../domain/case/model';
import { minus, plus, total, zero, type Money } from '../../../domain/money';
import { addDays, riyadhDate, type Instant } from '../../../domain/time';
import { applicationIn } from './appealed';
import { partiesTo } from './concerned';
import type { Appealed } from './events';
import type { AppealPolicy } from './policy';

export const admissibilityRules = [
  'appealed-case-known',
  'appealed-case-rejected',
  'appeal-in-time',
  'appealed-by-the-party',
  'appealed-once',
] as const;

interface SomeEvent extends AnyEvent {
  readonly outcome?: string;
  readonly rules?: readonly string[];
  readonly rule?: string;
  readonly captureId?: string;
  readonly amount?: Money;
  readonly settles?: boolean;
}

/** Why a case was rejected, in its own words: what was refused at the filing, decided by a person, or said by the register. */
function rejectedFor(events: readonly SomeEvent[]): string[] {
  const rules = events.flatMap((event) => {
    if (event.type === 'ApplicationRefused') return event.rules ?? [];
    return (event.type === 'CaseRejected' || event.type === 'EndingStarted') && event.rule ? [event.rule] : [];
  });
  return [...new Set(rules)];
}

/** What was paid for the application, in this case or in one before it, and not given back. */
function paidFor(events: readonly SomeEvent[], before: Money = zero): Money {
  const settling = new Set(events.flatMap((event) => (event.settles && event.captureId ? [event.captureId] : [])));
  const sumOf = (type: string): Money =>
    total(
      events.flatMap((event) =>
        event.type === type && event.amount && settling.has(event.captureId ?? '') ? [event.amount] : [],
      ),
    );
  return plus(before, minus(sumOf('PaymentCaptured'), sumOf('RefundMade')));
}

const STAFF: ReadonlySet<string> = new Set(['caseworker', 'supervisor', 'committee', 'operator']);

/** Pure, over the appealed case's own log, which an appeal only reads. */
export function assessAppeal(
  appeal: {
    readonly clientId: string;
    readonly subject: string;
    readonly at: Instant;
    readonly anotherAppeal: boolean;
  },
  log: readonly Recorded[],
  policy: AppealPolicy,
): { refusedBy: string[] } | Appealed {
  const events = log.map(({ event }) => event as SomeEvent);
  const original = applicationIn(log);
  if (!original) return { refusedBy: ['appealed-case-known'] };
  const refusedBy: string[] = [];
  const closed = log.find(({ event }) => event.type === 'CaseClosed');
  const outcome = events.find(({ type }) => type === 'CaseClosed')?.outcome;
  if (outcome !== 'REJECTED') refusedBy.push('appealed-case-rejected');
  else if (closed && addDays(riyadhDate(closed.at), policy.fileWithinDays.value) < riyadhDate(appeal.at))
    refusedBy.push('appeal-in-time');
  const party = original.clientId === appeal.clientId && partiesTo(original).includes(appeal.subject);
  if (!party) refusedBy.push('appealed-by-the-party');
  if (appeal.anotherAppeal) refusedBy.push('appealed-once');
  if (refusedBy.length > 0) return { refusedBy };
  const staff = log.filter(({ actor }) => STAFF.has(actor.role)).map(({ actor }) => actor.id);
  const tookPart = [...new Set([...(original.appeal?.tookPart ?? []), ...staff])];
  const paid = paidFor(events, original.appeal?.paid);
  return { original, rejectedFor: rejectedFor(events), tookPart, ...(paid.halalas > 0 ? { paid } : {}) };
}
