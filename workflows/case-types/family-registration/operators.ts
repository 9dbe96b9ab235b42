import { appliedAt } from '../../../domain/case/file';
import type { Effects } from '../../../domain/case/effects';
import type { Next } from '../../../domain/case/model';
import type { Repairable, Resets, StandingEffect } from '../../../domain/case/repair-and-reset';
import { refusal, type Refusal } from '../../../domain/refusal';
import { riyadhDate } from '../../../domain/time';
import { notificationEffects } from '../../stages/notification';
import {
  certificateMade,
  entryMayStand,
  isReference,
  lasting,
  madeRefunds,
  notAReference,
  registerSaidNo,
  repairableOffice,
  sentMessages,
} from '../../stages/operators';
import { isPayable, payableAgain, paymentEffect, paymentEffects } from '../../stages/payment';
import { unreviewed } from '../../stages/review';
import type { FamilyCaseEvent } from './events';
import { afterEligibility, type FamilyFile, type FamilyStage } from './file';
import { owedRefunds } from './next';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

const inTheRegister = refusal(
  'not-now',
  'entry-stands',
  'The event is in the register: a wrong entry is corrected by a record amendment.',
  'الواقعة مسجلة: يُصحَّح القيد الخاطئ بتعديل قيد.',
);
const idCaseRuns = refusal(
  'not-now',
  'id-case-started',
  'The ID case has been started: repair it there.',
  'بدأت حالة إصدار الهوية: أصلح البيان فيها.',
);

const refuseDate = (file: FamilyFile, value: unknown): Refusal | undefined => {
  if (file.registration) return inTheRegister;
  if (file.stage === 'REGISTERING' && !registerSaidNo(file)) return entryMayStand;
  const real = typeof value === 'string' && DATE.test(value) && new Date(value).toISOString().startsWith(value);
  if (!real) return refusal('invalid', 'not-a-date', 'A date is YYYY-MM-DD.', 'التاريخ بصيغة YYYY-MM-DD.');
  return value > riyadhDate(appliedAt(file))
    ? refusal('invalid', 'event-date-in-future', 'The event was before it was reported.', 'الواقعة تسبق التبليغ عنها.')
    : undefined;
};

/** Who plays a part in the event is not repaired: that would be another event, reported by another case. */
export const familyRepairable: Readonly<Record<string, Repairable<FamilyFile>>> = {
  office: repairableOffice(),
  'event-date': {
    title: { ar: 'تاريخ الواقعة', en: 'The date of the event' },
    read: ({ on }) => on,
    refuse: refuseDate,
    // Eligibility, fines and consents rest on it; without a reset to check them anew, registering refuses it.
    restsDecision: ({ accepted }) => accepted !== undefined,
    write: (file, value) => ({ ...file, on: value as string }),
  },
  photo: {
    title: { ar: 'مرجع صورة أول هوية', en: 'The reference of the photo for the first card' },
    read: ({ photoRef }) => photoRef ?? null,
    refuse: ({ idCase, photoRef }, value) => {
      if (idCase) return idCaseRuns;
      return photoRef !== undefined && isReference(value) ? undefined : notAReference;
    },
    restsDecision: ({ decisions }) => decisions.some(({ what }) => what === 'approved'),
    write: (file, value) => ({ ...file, photoRef: value as string }),
  },
  'card-office': {
    title: { ar: 'مكتب استلام أول هوية', en: 'The office to collect the first card from' },
    read: ({ delivery }) => delivery?.office ?? null,
    refuse: ({ idCase, delivery }, value) => {
      if (idCase) return idCaseRuns;
      return delivery !== undefined && isReference(value) ? undefined : notAReference;
    },
    restsDecision: () => false,
    write: (file, value) =>
      file.delivery ? { ...file, delivery: { ...file.delivery, office: value as string } } : file,
  },
};

/** The places of effects and of the steps that a case can be taken back to, on one scale. */
const ORDER = {
  'check-eligibility': 0,
  'ask-notice': 1,
  'ask-consent': 2,
  payment: 3,
  'open-review': 4,
  register: 5,
  afterwards: 6,
} as const;

const messageOrder = (template: string): number => {
  if (template.startsWith('consent-')) return ORDER['ask-consent'];
  return template === 'payment-reminder' ? ORDER.payment : ORDER.afterwards;
};

function standingEffects({
  payment,
  registration,
  certificate,
  openCases,
  idCase,
  notified,
}: FamilyFile): readonly StandingEffect[] {
  return [
    ...(payment.settledBy
      ? [{ key: paymentEffect(payment.settledBy), kind: 'payment', order: ORDER.payment } as const]
      : []),
    ...madeRefunds(payment, ORDER.payment),
    ...(registration ? [lasting('register', registration.key, ORDER.register)] : []),
    ...(certificate ? [lasting('certificate', certificate, ORDER.afterwards)] : []),
    ...(openCases?.told ? openCases.cases.map((told) => lasting('case', told, ORDER.afterwards)) : []),
    ...(idCase ? [lasting('case', idCase, ORDER.afterwards)] : []),
    ...sentMessages(notified, messageOrder),
  ];
}

/** Of what a family case makes only money can be taken back. */
function compensation(file: FamilyFile): Next | undefined {
  if (owedRefunds(file).some(({ why }) => why === 'reset')) return { do: 'refund' };
  return isPayable(file.payment) ? { do: 'close-payment' } : undefined;
}

const WAY: readonly FamilyStage[] = [
  'EVIDENCE_CHECK',
  'DUPLICATE_CHECK',
  'DUPLICATE_REVIEW',
  'AWAITING_CONSENT',
  'AWAITING_PAYMENT',
  'IN_REVIEW',
  'COMMITTEE',
  'APPROVED',
  'REGISTERING',
];
const from = (first: FamilyStage): readonly FamilyStage[] => WAY.slice(WAY.indexOf(first));

const unlessEntered = (file: FamilyFile): Refusal | undefined =>
  file.stage === 'REGISTERING' && !registerSaidNo(file) ? entryMayStand : undefined;

/** Officials look at it anew. */
const undecided = ({ committee: _convened, ...file }: FamilyFile): FamilyFile => ({
  ...file,
  votes: [],
  review: unreviewed(file.review),
});

/** Consents were given to the event as it was: they are asked for anew, by messages of their own. */
function unasked({ disputed: _no, ...file }: FamilyFile): FamilyFile {
  const { people, round = 1 } = file.consent;
  return { ...undecided(file), consent: people.length > 0 ? { people: [], round: round + 1 } : file.consent };
}

function unproved({ duplicates: _found, ...file }: FamilyFile): FamilyFile {
  return { ...unasked(file), notice: { mismatches: [] }, payment: payableAgain(file.payment) };
}

export const familyResets: Resets<FamilyFile> = {
  effects: standingEffects,
  compensation,
  points: {
    'check-eligibility': {
      title: { ar: 'التحقق من الأهلية', en: 'Checking eligibility' },
      order: ORDER['check-eligibility'],
      stages: from('EVIDENCE_CHECK'),
      refuse: unlessEntered,
      rewind: (file) => {
        // The quote stays until another takes its place: what is refundable of a payment that was kept stands in it.
        const { accepted: _was, ...rest } = unproved(file);
        return { ...rest, stage: 'ELIGIBILITY' };
      },
    },
    'ask-notice': {
      title: { ar: 'التحقق من الإثبات', en: 'Checking the evidence' },
      order: ORDER['ask-notice'],
      stages: from('DUPLICATE_CHECK'),
      refuse: unlessEntered,
      rewind: (file) => ({ ...unproved(file), stage: afterEligibility(file) }),
    },
    'open-review': {
      title: { ar: 'المراجعة', en: 'The review' },
      order: ORDER['open-review'],
      stages: from('IN_REVIEW'),
      refuse: unlessEntered,
      rewind: (file) => ({ ...undecided(file), stage: 'IN_REVIEW' }),
    },
    register: {
      title: { ar: 'التسجيل في السجل المدني', en: 'Entering the event into the register' },
      order: ORDER.register,
      stages: ['REGISTERING', 'REGISTERED'],
      rewind: (file) => ({ ...file, stage: 'REGISTERING' }),
    },
  },
};

export const familyEffects: Effects<FamilyCaseEvent['type']> = {
  made: {
    ...paymentEffects.made,
    EventRegistered: {
      kind: 'register',
      by: 'registration',
      what: { ar: 'قيد في السجل', en: 'Entry in the register' },
    },
    CertificateIssued: certificateMade,
    IdCaseStarted: { kind: 'case', by: 'caseId', what: { ar: 'حالة هوية بدأت', en: 'ID case started' } },
    ...notificationEffects.made,
  },
  undone: paymentEffects.undone,
};
