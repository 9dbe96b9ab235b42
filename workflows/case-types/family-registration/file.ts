import { appliedAt, decided, openFile } from '../../../domain/case/file';
import type { CaseFile, Filing, Recorded } from '../../../domain/case/model';
import { SYSTEM } from '../../../domain/case/model';
import { holidays } from '../../../domain/policies/holidays';
import type { Quote } from '../../../domain/quote';
import { riyadhDate, type Instant, type LocalDate } from '../../../domain/time';
import { evolvePayment, isPaymentEvent, noPayment, type PaymentFile } from '../../stages/payment';
import { evolveReview, handled, isReviewEvent, noReview, stopClock, type ReviewFile } from '../../stages/review';
import type { Accepted, Candidate, FamilyCaseEvent, FamilyEndReason, FamilyOutcome, ReportFacts } from './events';
import { familyPolicyOn } from './policy';

export type FamilyStage =
  | 'SUBMITTED'
  | 'ELIGIBILITY'
  | 'EVIDENCE_CHECK'
  | 'DUPLICATE_CHECK'
  | 'DUPLICATE_REVIEW'
  | 'AWAITING_CONSENT'
  | 'AWAITING_PAYMENT'
  | 'IN_REVIEW'
  | 'COMMITTEE'
  | 'APPROVED'
  | 'REGISTERING'
  | 'REGISTERED'
  | 'COMPENSATING'
  | FamilyOutcome;

export interface NoticeFile {
  readonly askedAt?: Instant;
  readonly found?: true;
  readonly mismatches: readonly string[];
  readonly overdueSince?: Instant;
  readonly escalatedAt?: Instant;
}

export interface ConsentFile {
  /** The second and later askings, after a reset; it is part of their messages' keys. */
  readonly round?: number;
  readonly people: readonly {
    readonly person: string;
    readonly state: 'asked' | 'given' | 'refused' | 'withdrawn' | 'unanswered';
  }[];
  readonly remindedAt?: Instant;
}

export interface Vote {
  readonly by: string;
  readonly vote: 'approve' | 'reject';
  readonly rule?: string;
}

export interface FamilyFile extends CaseFile, ReportFacts {
  readonly stage: FamilyStage;
  /** `on`: the date of the event that was checked; absent in files from before dates could be repaired. */
  readonly accepted?: Accepted & { readonly on?: LocalDate };
  readonly quote?: Quote;
  readonly refusedBy?: readonly string[];
  /** The case or person of which this is a second report. */
  readonly linkedTo?: string;
  readonly notice: NoticeFile;
  readonly duplicates?: { readonly candidates: readonly Candidate[]; readonly remindedAt?: Instant };
  readonly consent: ConsentFile;
  readonly payment: PaymentFile;
  readonly review: ReviewFile;
  /** Somebody contests the event: the committee decides. */
  readonly disputed?: true;
  readonly votes: readonly Vote[];
  readonly committee?: { readonly since: Instant; readonly remindedAt?: Instant };
  readonly registration?: { readonly key: string; readonly child?: string };
  readonly certificate?: string;
  /** `telling`: those of them that were found by looking again, and only they are told now. */
  readonly openCases?: {
    readonly cases: readonly string[];
    readonly told: boolean;
    readonly telling?: readonly string[];
  };
  readonly idCase?: string;
  readonly ending?: { readonly why: FamilyEndReason; readonly from: FamilyStage; readonly rule?: string };
  readonly notified: readonly string[];
}

export function openFamily(filing: Filing): FamilyFile {
  return {
    ...openFile(filing, familyPolicyOn(riyadhDate(appliedAt(filing))).version),
    ...(filing.facts as unknown as ReportFacts),
    notice: { mismatches: [] },
    consent: { people: [] },
    payment: noPayment,
    review: noReview,
    votes: [],
    notified: [],
  };
}

export const changedFacts = ({ on, photoRef, delivery }: FamilyFile) => ({
  on,
  ...(photoRef ? { photoRef } : {}),
  ...(delivery ? { delivery } : {}),
});

const ending = (file: FamilyFile, why: FamilyEndReason, rule?: string): FamilyFile => ({
  ...file,
  stage: 'COMPENSATING',
  ending: { why, from: file.stage, ...(rule ? { rule } : {}) },
});

export const afterEligibility = (file: FamilyFile): FamilyStage =>
  file.accepted?.noticeNeeded ? 'EVIDENCE_CHECK' : 'DUPLICATE_CHECK';
const afterConsent = (file: FamilyFile): FamilyStage =>
  // A payment that a reset kept is held against the quote first, whatever that comes to now.
  (file.quote?.total.halalas ?? 0) > 0 || file.payment.settledBy ? 'AWAITING_PAYMENT' : 'IN_REVIEW';
const afterDuplicates = (file: FamilyFile): FamilyStage =>
  (file.accepted?.consenters.length ?? 0) > 0 ? 'AWAITING_CONSENT' : afterConsent(file);

/** Whoever decided something is remembered, and the claim is over. */
function settled(file: FamilyFile, { actor, at }: Recorded<FamilyCaseEvent>): FamilyFile {
  const { claim: _released, ...review } = actor.role === SYSTEM.role ? file.review : handled(file.review, actor.id);
  return { ...file, review: { ...review, clock: stopClock(review.clock, at, holidays) } };
}

type Asked = ConsentFile['people'];

/** Once all have answered the case goes on. */
function withConsents(file: FamilyFile, people: Asked): FamilyFile {
  const changed: FamilyFile = { ...file, consent: { ...file.consent, people } };
  const answered = people.every((each) => each.state !== 'asked');
  return answered && file.stage === 'AWAITING_CONSENT' ? { ...changed, stage: afterConsent(changed) } : changed;
}

const evolveConsent = (file: FamilyFile, person: string, state: Asked[number]['state']): FamilyFile =>
  withConsents(
    state === 'given' ? file : { ...file, disputed: true },
    file.consent.people.map((each) => (each.person === person ? { ...each, state } : each)),
  );

function withoutConsenter(file: FamilyFile, person: string): FamilyFile {
  const { accepted, consent } = file;
  const others = accepted?.consenters.filter((each) => each !== person) ?? [];
  return withConsents(
    accepted ? { ...file, accepted: { ...accepted, consenters: others } } : file,
    consent.people.filter((each) => each.person !== person),
  );
}

export function evolveFamily(file: FamilyFile, recorded: Recorded<FamilyCaseEvent>): FamilyFile {
  const { event, at, actor } = recorded;
  if (isPaymentEvent(event)) {
    const paid: FamilyFile = { ...file, payment: evolvePayment(file.payment, event, at) };
    return event.type === 'PaymentKept' || (event.type === 'PaymentCaptured' && event.settles)
      ? { ...paid, stage: 'IN_REVIEW' }
      : paid;
  }
  if (isReviewEvent(event)) return { ...file, review: evolveReview(file.review, event, at, actor, holidays) };
  switch (event.type) {
    case 'EventReported':
      return { ...file, stage: 'ELIGIBILITY' };
    case 'ApplicationRefused':
      return {
        ...file,
        refusedBy: event.rules,
        ...(event.linkedTo ? { linkedTo: event.linkedTo } : {}),
        decisions: decided(file, recorded, 'refused', event.rules),
      };
    case 'ApplicationAccepted': {
      const { lateness, noticeNeeded, consenters, relation, firstCard, quote, rules } = event;
      const accepted: FamilyFile = {
        ...file,
        accepted: {
          lateness,
          noticeNeeded,
          consenters,
          on: file.on,
          ...(relation ? { relation } : {}),
          ...(firstCard ? { firstCard } : {}),
        },
        quote,
        decisions: decided(file, recorded, 'eligible', rules),
      };
      return { ...accepted, stage: afterEligibility(accepted) };
    }
    case 'NoticeMissing':
      return { ...file, notice: { ...file.notice, askedAt: at } };
    case 'NoticeFound':
      return {
        ...file,
        stage: 'DUPLICATE_CHECK',
        notice: { ...file.notice, found: true, mismatches: event.mismatches },
      };
    case 'NoticeOverdue':
      return { ...file, notice: { ...file.notice, overdueSince: at } };
    case 'NoticeTaskEscalated':
      return { ...file, notice: { ...file.notice, escalatedAt: at } };
    case 'NoticeAccepted':
      return {
        ...settled(file, recorded),
        stage: 'DUPLICATE_CHECK',
        decisions: decided(file, recorded, 'notice-accepted', ['notice'], event.reasonRef),
      };
    case 'DuplicatesChecked': {
      const checked: FamilyFile = { ...file, duplicates: { candidates: event.candidates } };
      return { ...checked, stage: event.hit ? 'DUPLICATE_REVIEW' : afterDuplicates(checked) };
    }
    case 'DuplicateReviewReminded':
      return { ...file, duplicates: { candidates: [], ...file.duplicates, remindedAt: at } };
    case 'EventFoundDistinct':
      return {
        ...settled(file, recorded),
        stage: afterDuplicates(file),
        decisions: decided(file, recorded, 'distinct-event', ['duplicate'], event.reasonRef),
      };
    case 'EventFoundSame':
      return {
        ...ending(settled(file, recorded), 'duplicate'),
        linkedTo: event.of,
        decisions: decided(file, recorded, 'same-event', ['duplicate'], event.reasonRef),
      };
    case 'ConsentAsked':
      return {
        ...file,
        consent: { ...file.consent, people: event.people.map((person) => ({ person, state: 'asked' })) },
      };
    case 'ConsentReminded':
      return { ...file, consent: { ...file.consent, remindedAt: at } };
    case 'ConsentGiven':
      return evolveConsent(file, event.person, 'given');
    case 'ConsentRefused':
      return evolveConsent(file, event.person, 'refused');
    case 'ConsentWithdrawn':
      return evolveConsent(file, event.person, 'withdrawn');
    case 'ConsentOverdue':
      return withConsents(
        { ...file, disputed: true },
        file.consent.people.map((each) => (each.state === 'asked' ? { ...each, state: 'unanswered' } : each)),
      );
    case 'ConsentDropped':
      return withoutConsenter(file, event.person);
    case 'CommitteeConvened': {
      const convened = settled(file, recorded);
      return {
        ...convened,
        review: event.heldBy ? handled(convened.review, event.heldBy) : convened.review,
        stage: 'COMMITTEE',
        committee: { since: at },
        decisions: decided(file, recorded, 'to-committee', event.why, event.reasonRef),
      };
    }
    case 'CommitteeReminded':
      return file.committee ? { ...file, committee: { ...file.committee, remindedAt: at } } : file;
    case 'VoteCast':
      return {
        ...file,
        votes: [...file.votes, { by: actor.id, vote: event.vote, ...(event.rule ? { rule: event.rule } : {}) }],
        decisions: decided(file, recorded, `vote-${event.vote}`, event.rule ? [event.rule] : [], event.reasonRef),
      };
    case 'CaseApproved':
      return {
        ...settled(file, recorded),
        stage: 'APPROVED',
        decisions: decided(
          file,
          recorded,
          'approved',
          [event.by === 'committee' ? 'majority' : 'review'],
          event.reasonRef,
        ),
      };
    case 'CaseRejected':
      return {
        ...ending(settled(file, recorded), 'rejected', event.rule),
        decisions: decided(file, recorded, 'rejected', [event.rule], event.reasonRef),
      };
    case 'CancellationRequested': {
      const { incident: _noLongerWanted, ...rest } = file;
      return {
        ...ending(rest, 'cancelled-by-applicant'),
        decisions: decided(file, recorded, 'cancelled', [], event.reasonRef),
      };
    }
    case 'EndingStarted':
      return ending(file, event.why, event.rule);
    case 'RegistrationStarted':
      return { ...file, stage: 'REGISTERING' };
    case 'EventRegistered':
      return {
        ...file,
        stage: 'REGISTERED',
        registration: { key: event.registration, ...(event.child ? { child: event.child } : {}) },
      };
    case 'RegistrationKept':
      return { ...file, stage: 'REGISTERED' };
    case 'CertificateIssued':
      return { ...file, certificate: event.serial };
    case 'OpenCasesFound': {
      const before = file.openCases?.cases ?? [];
      const again = before.length > 0 ? { telling: event.cases } : {};
      return { ...file, openCases: { cases: [...before, ...event.cases], told: event.cases.length === 0, ...again } };
    }
    case 'OpenCasesTold':
      return { ...file, openCases: { cases: file.openCases?.cases ?? [], told: true } };
    case 'IdCaseStarted':
      return { ...file, idCase: event.caseId };
    case 'ApplicantNotified':
    case 'NotificationFailed':
      return { ...file, notified: [...file.notified, event.template] };
    case 'CaseClosed':
      return { ...file, stage: event.outcome, closedAt: at };
  }
}

/** Everybody whom the event concerns, the reporter included: an official may be kin to none of them. */
export const peopleOf = (file: ReportFacts): string[] => [
  ...new Set([file.reporter, ...Object.values(file.parties as Record<string, string>)]),
];
