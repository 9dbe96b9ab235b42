import { addWorkingTime, workingTimeBetween } from '../../domain/calendar/working-days';
import { oneOf } from '../../domain/case/event-types';
import type { Actor, CaseFile, Wait } from '../../domain/case/model';
import { holidays as agencyHolidays } from '../../domain/policies/holidays';
import { reviewTimes } from '../../domain/policies/review';
import { refusal, type Refusal } from '../../domain/refusal';
import { after, DAY, millis, type Instant, type LocalDate } from '../../domain/time';
import { workingDaysAfter } from './working-days';

/** The working time that a review may take: a working day counts its whole 24 hours. */
export const REVIEW_BUDGET = reviewTimes.workingDays.value * DAY;

export interface ClockStop {
  readonly from: Instant;
  readonly to: Instant;
  readonly why: 'returned' | 'hold';
}

/** The working-day clock of a review. It stands while the applicant has the ball, and each stop is on record. */
export interface ReviewClock {
  readonly spentMs: number;
  readonly runningSince?: Instant;
  readonly stoppedAt?: Instant;
  readonly stops: readonly ClockStop[];
  readonly warnedAt?: Instant;
  readonly escalatedAt?: Instant;
  /** What the review had spent when it escalated, or when the supervisor was last reminded. */
  readonly spentThenMs?: number;
}

export interface ReviewFile {
  readonly level: 'caseworker' | 'supervisor';
  readonly why: readonly string[];
  readonly claim?: { readonly by: string; readonly until: Instant };
  /** Everybody who decided or recommended something on this case: four eyes are not two pairs of one person's. */
  readonly handledBy: readonly string[];
  readonly clock: ReviewClock;
  /** The caseworker who passed it up: one that began at the supervisor's level was not. */
  readonly escalatedBy?: string;
  readonly recommendation?: {
    readonly by: string;
    readonly what: 'reject';
    readonly rule: string;
    readonly reasonRef?: string;
  };
  readonly rounds: number;
}

export const noReview: ReviewFile = {
  level: 'caseworker',
  why: [],
  handledBy: [],
  clock: { spentMs: 0, stops: [] },
  rounds: 0,
};

export type ReviewEvent =
  | { readonly type: 'ReviewOpened'; readonly why: readonly string[]; readonly level?: ReviewFile['level'] }
  | { readonly type: 'CaseClaimed'; readonly until: Instant }
  | { readonly type: 'ClaimRenewed'; readonly until: Instant }
  | { readonly type: 'ClaimReleased' }
  | { readonly type: 'ClaimLapsed' }
  | { readonly type: 'CaseReassigned'; readonly to: string; readonly until: Instant; readonly reasonRef?: string }
  | { readonly type: 'RejectionRecommended'; readonly rule: string; readonly reasonRef?: string }
  | {
      readonly type: 'CaseEscalated';
      readonly why: 'by-caseworker' | 'out-of-time' | 'still-overdue';
      readonly reasonRef?: string;
    }
  | { readonly type: 'ReviewWarned' };

/** Who has the case in hand comes and goes between the steps. */
export const minorInReview = ['CaseClaimed', 'ClaimRenewed', 'ClaimReleased', 'ClaimLapsed'] as const;

export const isReviewEvent = oneOf<ReviewEvent>({
  ReviewOpened: true,
  CaseClaimed: true,
  ClaimRenewed: true,
  ClaimReleased: true,
  ClaimLapsed: true,
  CaseReassigned: true,
  RejectionRecommended: true,
  CaseEscalated: true,
  ReviewWarned: true,
});

const without = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> => {
  const { [key]: _gone, ...rest } = value;
  return rest;
};

const unclaimed = (review: ReviewFile): ReviewFile => without(review, 'claim');

export const handled = (review: ReviewFile, by: string): ReviewFile =>
  review.handledBy.includes(by) ? review : { ...review, handledBy: [...review.handledBy, by] };

/** Before a review that begins anew: with its whole time. Who handled the case before stays on record, and so does each stop of the clock. */
export function unreviewed(review: ReviewFile): ReviewFile {
  const { recommendation: _made, ...rest } = unclaimed(review);
  return { ...rest, why: [], level: 'caseworker', clock: { spentMs: 0, stops: review.clock.stops } };
}

export function startClock(clock: ReviewClock, at: Instant, why: ClockStop['why']): ReviewClock {
  if (clock.runningSince) return clock;
  const stops = clock.stoppedAt ? [...clock.stops, { from: clock.stoppedAt, to: at, why }] : clock.stops;
  return { ...without(clock, 'stoppedAt'), runningSince: at, stops };
}

export function stopClock(clock: ReviewClock, at: Instant, holidays: ReadonlySet<LocalDate>): ReviewClock {
  if (!clock.runningSince) return clock;
  const spentMs = clock.spentMs + workingTimeBetween(clock.runningSince, at, holidays);
  return { ...without(clock, 'runningSince'), spentMs, stoppedAt: at };
}

/** A hold stops the clock of a case that is in review. */
export function holdReview<F extends CaseFile & { readonly review: ReviewFile }>(
  file: F,
  what: 'held' | 'resumed',
  at: Instant,
): F {
  if (file.stage !== 'IN_REVIEW') return file;
  const { clock } = file.review;
  const then = what === 'held' ? stopClock(clock, at, agencyHolidays) : startClock(clock, at, 'hold');
  return { ...file, review: { ...file.review, clock: then } };
}

function overdue(clock: ReviewClock, at: Instant, holidays: ReadonlySet<LocalDate>): ReviewClock {
  const running = clock.runningSince ? workingTimeBetween(clock.runningSince, at, holidays) : 0;
  return { ...clock, escalatedAt: at, spentThenMs: clock.spentMs + running };
}

export function evolveReview(
  review: ReviewFile,
  event: ReviewEvent,
  at: Instant,
  actor: Actor,
  holidays: ReadonlySet<LocalDate>,
): ReviewFile {
  switch (event.type) {
    case 'ReviewOpened':
      return {
        ...unclaimed(review),
        ...(event.level ? { level: event.level } : {}),
        why: event.why,
        clock: startClock(review.clock, at, 'returned'),
      };
    case 'CaseClaimed':
    case 'ClaimRenewed':
      return { ...review, claim: { by: actor.id, until: event.until } };
    case 'ClaimReleased':
    case 'ClaimLapsed':
      return unclaimed(review);
    case 'CaseReassigned':
      return { ...review, claim: { by: event.to, until: event.until } };
    case 'RejectionRecommended':
      return {
        ...unclaimed(handled(review, actor.id)),
        level: 'supervisor',
        recommendation: {
          by: actor.id,
          what: 'reject',
          rule: event.rule,
          ...(event.reasonRef ? { reasonRef: event.reasonRef } : {}),
        },
      };
    case 'CaseEscalated': {
      if (event.why === 'still-overdue') return { ...review, clock: overdue(review.clock, at, holidays) };
      const escalated: ReviewFile = { ...unclaimed(review), level: 'supervisor' };
      return event.why === 'by-caseworker'
        ? { ...handled(escalated, actor.id), escalatedBy: actor.id }
        : { ...escalated, clock: overdue(review.clock, at, holidays) };
    }
    case 'ReviewWarned':
      return { ...review, clock: { ...review.clock, warnedAt: at } };
  }
}

/** What a review is waited for as, by whose it is. */
export const reviewWaits = { caseworker: 'caseworker-decision', supervisor: 'supervisor-decision' } as const;

/** The wait of a review: who has it, the clock's warning and end, and the end of the lease. */
export function waitForReview(review: ReviewFile, since: Instant, holidays: ReadonlySet<LocalDate>): Wait {
  const { clock, claim } = review;
  const running = clock.runningSince ?? since;
  const atSpent = (ms: number): Instant => addWorkingTime(running, Math.max(0, ms - clock.spentMs), holidays);
  const due = atSpent(REVIEW_BUDGET);
  // Past its time the case is the supervisor's, whose own deadline is as long again.
  const until = clock.spentThenMs === undefined ? due : atSpent(clock.spentThenMs + REVIEW_BUDGET);
  const lease = claim ? [{ at: claim.until, step: 'lapse-claim' }] : [];
  const clockAlarms = clock.escalatedAt
    ? [{ at: until, step: 'remind-supervisor' }]
    : [
        ...(clock.warnedAt ? [] : [{ at: atSpent(REVIEW_BUDGET * reviewTimes.warnAt.value), step: 'warn-review' }]),
        { at: due, step: 'escalate-review' },
      ];
  const alarms = [...lease, ...clockAlarms];
  return {
    what: reviewWaits[review.level],
    who: review.level,
    since,
    until,
    due: clock.escalatedAt && clock.escalatedAt < due ? clock.escalatedAt : due,
    otherwise: review.level === 'supervisor' ? 'supervisor-reminder' : 'escalates-to-supervisor',
    alarms,
  };
}

export const reviewSteps: Readonly<Record<string, () => ReviewEvent>> = {
  'lapse-claim': () => ({ type: 'ClaimLapsed' }),
  'warn-review': () => ({ type: 'ReviewWarned' }),
  'escalate-review': () => ({ type: 'CaseEscalated', why: 'out-of-time' }),
  'remind-supervisor': () => ({ type: 'CaseEscalated', why: 'still-overdue' }),
};

const claimedByOther = refusal(
  'not-now',
  'claimed-by-another',
  'Somebody else is working on this case.',
  'موظف آخر يعمل على هذه الحالة.',
);

/** Whoever decides must have claimed the case first, and the lease must be alive. */
export function refuseUnlessClaimed(review: ReviewFile, actor: Actor, at: Instant): Refusal | undefined {
  if (!review.claim || millis(review.claim.until) <= millis(at)) {
    return refusal('not-now', 'not-claimed', 'Claim the case first.', 'استلم الحالة أولًا.');
  }
  return review.claim.by === actor.id ? undefined : claimedByOther;
}

/** Who has the case in hand, as long as the lease is alive. */
export const claimedBy = ({ review: { claim } }: { readonly review: ReviewFile }, at: Instant): string | undefined =>
  claim && millis(claim.until) > millis(at) ? claim.by : undefined;

/** Somebody else works on it, and their lease is alive. */
export const refuseTaken = ({ claim }: ReviewFile, actor: Actor, at: Instant): Refusal | undefined =>
  claim && claim.by !== actor.id && millis(claim.until) > millis(at) ? claimedByOther : undefined;

export function refuseClaim(review: ReviewFile, actor: Actor, at: Instant): Refusal | undefined {
  const taken = refuseTaken(review, actor, at);
  if (taken) return taken;
  if (review.level === 'supervisor' && actor.role !== 'supervisor') {
    return refusal(
      'forbidden',
      'supervisor-only',
      'This case has gone to a supervisor.',
      'أُحيلت هذه الحالة إلى المشرف.',
    );
  }
  return undefined;
}

/** Four eyes: who handled the case may not also be the one who settles it. */
export function refuseSameEyes(review: ReviewFile, actor: Actor): Refusal | undefined {
  return review.handledBy.includes(actor.id)
    ? refusal(
        'forbidden',
        'four-eyes',
        'You handled this case: somebody else has to decide it.',
        'سبق أن عالجتَ هذه الحالة، ويجب أن يبتّ فيها شخص آخر.',
      )
    : undefined;
}

export const leaseUntil = (at: Instant): Instant => after(at, reviewTimes.claimLease.value);

/** A claim that is renewed never ends sooner than it would have: what was assigned stays so. */
export function renewedUntil({ until }: NonNullable<ReviewFile['claim']>, at: Instant): Instant {
  const lease = leaseUntil(at);
  return millis(until) > millis(lease) ? until : lease;
}

/** What a supervisor gives somebody waits for them through their next working day, whether or not they are there just now. */
export const assignedUntil = (at: Instant): Instant => after(workingDaysAfter(at, reviewTimes.assignment.value), DAY);
