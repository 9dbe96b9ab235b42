import type { Made } from '../../domain/case/effects';
import type { CaseFile } from '../../domain/case/model';
import type { Repairable, StandingEffect } from '../../domain/case/repair-and-reset';
import type { Quote } from '../../domain/quote';
import { refusal, type Refusal } from '../../domain/refusal';
import type { PaymentFile } from './payment';

const REFERENCE = /^[\w/-]{3,80}$/;
export const isReference = (value: unknown): value is string => typeof value === 'string' && REFERENCE.test(value);

export const notAReference = refusal(
  'invalid',
  'not-a-reference',
  'A reference is 3 to 80 letters, digits, /, _ and -.',
  'المرجع من 3 إلى 80 حرفًا أو رقمًا.',
);

/** The office that has a case: a wrong one hides the case from who should see it, and nothing was decided by it. */
export const repairableOffice = <F extends CaseFile>(): Repairable<F> => ({
  title: { ar: 'المكتب المختص', en: 'The office that has the case' },
  read: ({ office }) => office,
  refuse: (_file, value) => (isReference(value) ? undefined : notAReference),
  restsDecision: () => false,
  write: (file, value) => ({ ...file, office: value as string }),
});

const said = refusal(
  'invalid',
  'cannot-be-unsaid',
  'A message that was sent cannot be taken back: pin it.',
  'الرسالة المرسلة لا تُسترد: ثبّتها.',
);

/** Messages only ever stay sent. */
export const sentMessages = (
  notified: readonly string[],
  orderOf: (template: string) => number,
): readonly StandingEffect[] =>
  notified.map((template) => ({
    key: `message/${template}`,
    kind: 'message',
    order: orderOf(template),
    refuse: () => said,
  }));

const entered = refusal(
  'invalid',
  'entry-stands',
  'An entry of the register is never taken back by a reset: pin it. What is wrong in it is reversed by a record amendment, which two people decide.',
  'القيد في السجل لا يُسحب بإعادة الحالة: ثبّته، ويُعكس ما فيه من خطأ بتعديل قيد يقرره شخصان.',
);
const certified = refusal(
  'invalid',
  'certificate-stands',
  'A certificate that is out is not taken back by a reset: pin it. The amendment of its entry marks it.',
  'الشهادة الصادرة لا تُسحب بإعادة الحالة: ثبّتها، ويؤشَّر عليها عند تعديل قيدها.',
);
const running = refusal(
  'invalid',
  'case-goes-on',
  'A case that was started goes its own way: pin it, and end it there if it has to end.',
  'الحالة التي بدأت مستقلة: ثبّتها، وأنهها من داخلها إن لزم.',
);

const givenBack = refusal(
  'invalid',
  'refund-stands',
  'Money that went back is not taken again by a reset: pin it. What is owed is asked for by a payment of its own.',
  'المبلغ المردود لا يُسترجع بإعادة الحالة: ثبّته، ويُطلب المستحق بدفعة مستقلة.',
);

/** Money that went back stays where it is. */
export const madeRefunds = ({ refunds }: PaymentFile, order: number): readonly StandingEffect[] =>
  refunds.map(({ captureId }) => ({ key: `refund/${captureId}`, kind: 'refund', order, refuse: () => givenBack }));

/** Of an event that has the certificate's `serial`. */
export const certificateMade: Made = {
  kind: 'certificate',
  by: 'serial',
  what: { ar: 'شهادة صادرة', en: 'Certificate issued' },
};

/** What outlives any reset: it can be pinned, and is put right by other means. */
export const lasting = (kind: 'register' | 'certificate' | 'case', ref: string, order: number): StandingEffect => ({
  key: `${kind}/${ref}`,
  kind,
  order,
  refuse: () => ({ register: entered, certificate: certified, case: running })[kind],
});

/**
 * From a step that writes to the register there is a way back only once the register has said no. While its answer is not
 * known the entry may stand, and a case that went back would not know of its own entry.
 */
export const entryMayStand = refusal(
  'not-now',
  'entry-may-stand',
  'It is not known whether the register has the entry: retry first. Only once the register has said no is there a way back.',
  'لا يُعرف إن كان القيد قد سُجِّل: أعد المحاولة أولًا. لا رجوع إلا بعد رفض السجل.',
);
const resetUnderWay = refusal(
  'not-now',
  'reset-under-way',
  'An operator is taking the case back to an earlier step: try again in a while.',
  'تجري إعادة الحالة إلى خطوة سابقة: حاول بعد قليل.',
);
export const refuseWhileResetting = ({ resetting }: CaseFile): Refusal | undefined =>
  resetting ? resetUnderWay : undefined;

/**
 * What a refusal comes to. A case that has a quote was accepted before, until an operator took it back: it winds up what it has made
 * since. Any other simply closes.
 */
export const refused = <R>(
  { quote }: { readonly quote?: Quote },
  refusal: R,
): (R | { readonly type: 'EndingStarted'; readonly why: 'rejected' })[] => [
  refusal,
  ...(quote ? [{ type: 'EndingStarted', why: 'rejected' } as const] : []),
];

export const registerSaidNo = ({ incident }: CaseFile): boolean =>
  incident?.kind === 'refused' && (incident.source === 'register' || incident.source === 'case');
