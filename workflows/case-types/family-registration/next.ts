import { firstCardCaseId } from '../../../domain/case/following';
import type { Filing, Next, Wait } from '../../../domain/case/model';
import { holidays } from '../../../domain/policies/holidays';
import type { OutsideMessage } from '../../../domain/outside-messages';
import { after, DAY, type Instant } from '../../../domain/time';
import { receivePayment, refundsDue, resetRefund, waitForPayment } from '../../stages/payment';
import { waitForReview } from '../../stages/review';
import { workingDaysAfter } from '../../stages/working-days';
import type { FamilyCaseEvent, FamilyOutcome } from './events';
import type { FamilyFile, FamilyStage } from './file';
import { familyPolicy } from './policy';

export const outcomeOf = (file: FamilyFile): FamilyOutcome => {
  switch (file.ending?.why) {
    case undefined:
      return file.refusedBy ? 'REJECTED' : 'COMPLETED';
    case 'cancelled-by-applicant':
    case 'subject-died':
    case 'entry-reversed':
      return 'CANCELLED';
    case 'consent-expired':
    case 'payment-expired':
      return 'EXPIRED';
    case 'duplicate':
      return 'LINKED';
    case 'rejected':
    case 'consent-refused':
    case 'register-refused':
      return 'REJECTED';
  }
};

export function owedRefunds({ payment, quote, resetting, ending }: FamilyFile): ReturnType<typeof refundsDue> {
  const back = resetRefund(payment, resetting);
  return back ? [back] : refundsDue(payment, quote, { ended: ending !== undefined, printed: false });
}

/** Asked again each day; then somebody has to look for it, and it may still come. */
function waitForNotice(file: FamilyFile): Wait {
  const { stageSince: since, pausedMs, notice } = file;
  const policy = familyPolicy(file.policyVersion);
  const daily = after(notice.askedAt ?? since, DAY);
  const askUntil = (until: Instant) => (daily < until ? [{ at: daily, step: 'ask-notice' }] : []);
  if (notice.overdueSince) {
    const taskFrom = (at: Instant): Instant => after(workingDaysAfter(at, policy.taskWorkingDays.value), pausedMs);
    const due = taskFrom(notice.overdueSince);
    const until = notice.escalatedAt ? taskFrom(notice.escalatedAt) : due;
    return {
      what: 'notice-decision',
      who: notice.escalatedAt ? 'supervisor' : 'caseworker',
      since: notice.overdueSince,
      until,
      due,
      otherwise: notice.escalatedAt ? 'supervisor-reminder' : 'escalates-to-supervisor',
      alarms: [...askUntil(until), { at: until, step: 'escalate-notice' }],
      ask: 'ask-notice',
    };
  }
  const until = after(since, policy.noticeDays.value * DAY + pausedMs);
  return {
    what: 'notice',
    who: 'evidence-source',
    since,
    until,
    otherwise: 'becomes-a-task',
    alarms: [...askUntil(until), { at: until, step: 'give-notice-up' }],
    ask: 'ask-notice',
  };
}

function waitForConsent(file: FamilyFile): Wait {
  const { stageSince: since, pausedMs, consent } = file;
  const policy = familyPolicy(file.policyVersion);
  const until = after(since, policy.consentDays.value * DAY + pausedMs);
  const reminder = consent.remindedAt
    ? []
    : [{ at: after(since, policy.consentReminderDays.value * DAY + pausedMs), step: 'remind-consent' }];
  return {
    what: 'consent',
    who: 'consenter',
    since,
    until,
    otherwise: policy.events[file.event].withoutConsent.value === 'ends' ? 'consent-expires' : 'goes-to-committee',
    alarms: [...reminder, { at: until, step: 'expire-consent' }],
  };
}

function waitForDuplicateReview(file: FamilyFile): Wait {
  const days = familyPolicy(file.policyVersion).taskWorkingDays.value;
  const taskFrom = (at: Instant): Instant => after(workingDaysAfter(at, days), file.pausedMs);
  const until = taskFrom(file.duplicates?.remindedAt ?? file.stageSince);
  return {
    what: 'duplicate-decision',
    who: 'supervisor',
    since: file.stageSince,
    until,
    due: taskFrom(file.stageSince),
    otherwise: 'supervisor-reminder',
    alarms: [{ at: until, step: 'remind-duplicates' }],
  };
}

function waitForCommittee(file: FamilyFile): Wait {
  const since = file.committee?.since ?? file.stageSince;
  const days = familyPolicy(file.policyVersion).committee.value.workingDays;
  const sittingFrom = (at: Instant): Instant => after(workingDaysAfter(at, days), file.pausedMs);
  const until = sittingFrom(file.committee?.remindedAt ?? since);
  return {
    what: 'committee-votes',
    who: 'committee',
    since,
    until,
    due: sittingFrom(since),
    otherwise: 'committee-reminder',
    alarms: [{ at: until, step: 'remind-committee' }],
  };
}

/** The first card of a member who was identified: a case of its own, whose id follows from this one. */
export function idCaseOf(file: FamilyFile): Filing | undefined {
  if (file.event !== 'member-identification' || !file.photoRef || !file.parties.member) return undefined;
  const { id, channel, clientId, stageSince, photoRef, accepted } = file;
  if (accepted?.firstCard === 'none') return undefined;
  const office = file.delivery?.office ?? file.office;
  const delivery =
    accepted?.firstCard === 'pickup' ? { method: 'pickup', office } : (file.delivery ?? { method: 'courier' });
  return {
    caseId: firstCardCaseId(id),
    type: 'id-renewal',
    channel,
    clientId,
    filedAt: stageSince,
    subject: file.parties.member,
    office,
    facts: { photoRef, delivery, reason: 'first-issue' },
    parent: id,
  };
}

/** What follows from the entry in the register. Nothing of it can fail the registration: that stands. */
function afterRegistration(file: FamilyFile): Next {
  if (!file.certificate) return { do: 'issue-certificate' };
  if (file.event === 'death' && !file.openCases) return { do: 'find-open-cases' };
  if (file.openCases && !file.openCases.told) {
    return {
      tell: (file.openCases.telling ?? file.openCases.cases).map((caseId) => ({
        id: `${file.id}/died`,
        caseId,
        type: 'register.person-died',
        by: file.id,
        ...(file.parties.deceased ? { person: file.parties.deceased } : {}),
      })),
      noted: 'note-told',
    };
  }
  const idCase = file.idCase ? undefined : idCaseOf(file);
  if (idCase) return { start: idCase, noted: 'note-id-case' };
  if (!file.notified.includes('registered')) return { do: 'notify-registered' };
  return { do: 'close' };
}

function windUp(file: FamilyFile): Next {
  const { payment } = file;
  if (payment.paymentId && !payment.settledBy && !payment.closed) return { do: 'close-payment' };
  if (owedRefunds(file).length > 0) return { do: 'refund' };
  if (!file.notified.includes('ended')) return { do: 'notify-ended' };
  return { do: 'close' };
}

function stageNext(file: FamilyFile): Next {
  switch (file.stage) {
    case 'SUBMITTED':
    case 'ELIGIBILITY':
      if (!file.refusedBy) return { do: 'check-eligibility' };
      // Who files is answered so at once; of a new decision after an appeal only a message tells.
      return { do: file.appeal && !file.notified.includes('ended') ? 'notify-ended' : 'close' };
    case 'EVIDENCE_CHECK':
      return file.notice.askedAt ? { wait: waitForNotice(file) } : { do: 'ask-notice' };
    case 'DUPLICATE_CHECK':
      return { do: 'check-duplicates' };
    case 'DUPLICATE_REVIEW':
      return { wait: waitForDuplicateReview(file) };
    case 'AWAITING_CONSENT':
      return file.consent.people.length > 0 ? { wait: waitForConsent(file) } : { do: 'ask-consent' };
    case 'AWAITING_PAYMENT':
      if (file.payment.settledBy) return { do: 'keep-payment' };
      return file.payment.requestedAt
        ? { wait: waitForPayment(file.payment, file.pausedMs, familyPolicy(file.policyVersion).payment.value) }
        : { do: 'request-payment' };
    case 'IN_REVIEW':
      return file.review.clock.runningSince || file.review.clock.stoppedAt
        ? { wait: waitForReview(file.review, file.stageSince, holidays) }
        : { do: 'open-review' };
    case 'COMMITTEE':
      return { wait: waitForCommittee(file) };
    case 'APPROVED':
      return { do: 'start-registering' };
    case 'REGISTERING':
      return { do: file.registration ? 'keep-registration' : 'register' };
    case 'REGISTERED':
      return afterRegistration(file);
    case 'COMPENSATING':
      return windUp(file);
    case 'COMPLETED':
    case 'REJECTED':
    case 'CANCELLED':
    case 'EXPIRED':
    case 'LINKED':
      return { done: file.stage };
  }
}

/** Money that came twice, late or wrong goes back as soon as the case has nothing more urgent to do, closed or not. */
export function nextFamily(file: FamilyFile): Next {
  const next = stageNext(file);
  return ('wait' in next || 'done' in next) && owedRefunds(file).length > 0 ? { do: 'refund' } : next;
}

/** From here on nothing ends the case: what was registered is only reversed by a case of its own. */
const settledStages: ReadonlySet<FamilyStage> = new Set(['REGISTERING', 'REGISTERED', 'COMPENSATING']);

/** A birth outlives both parents, and any event the relative who reported it; without a party there is nothing left to register. */
function afterDeath(file: FamilyFile, died: string): FamilyCaseEvent[] {
  const { event, parties, reporter, accepted, consent } = file;
  if (event === 'birth') {
    const answer = consent.people.find(({ person }) => person === died);
    const waited = answer ? answer.state === 'asked' : accepted?.consenters.includes(died);
    return waited ? [{ type: 'ConsentDropped', person: died }] : [];
  }
  const needed = [
    ...Object.values(parties as Record<string, string>),
    ...(event === 'member-identification' ? [reporter] : []),
  ];
  return needed.includes(died) ? [{ type: 'EndingStarted', why: 'subject-died' }] : [];
}

export function receiveFamily(file: FamilyFile, message: OutsideMessage): FamilyCaseEvent[] | 'later' {
  switch (message.type) {
    case 'payment.captured':
    case 'payment.failed':
      // What comes before it is accepted waits for that; once it ends it never is.
      return file.accepted === undefined && !file.refusedBy && !file.ending && !file.closedAt
        ? 'later'
        : receivePayment(file.payment, file.quote, file.stage === 'AWAITING_PAYMENT', message);
    case 'register.person-died':
      // A reset that is under way would bring back to life what has ended.
      if (file.resetting) return 'later';
      return file.closedAt || settledStages.has(file.stage) ? [] : afterDeath(file, message.person ?? file.subject);
    case 'card.printed':
    case 'card.failed':
    case 'parcel.delivered':
    case 'parcel.failed':
    case 'parcel.ready-for-pickup':
    case 'parcel.collected':
    case 'parcel.returned':
      return [];
  }
}
