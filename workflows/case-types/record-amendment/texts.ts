import type { CaseTexts } from '../../../domain/case/model';
import { objectionTexts, partyTexts } from '../../../domain/family/objection-texts';
import { everyCase } from '../../stages/texts';

/** The words that people read for this case type's codes. */
export const amendmentTexts: CaseTexts = {
  statuses: {
    ...everyCase.statuses,
    CHECKING: { ar: 'قيد الفحص', en: 'Being checked' },
    AWAITING_CONFIRMATION: { ar: 'بانتظار التأكيد', en: 'Awaiting confirmation' },
    AMENDING: { ar: 'قيد التعديل', en: 'Being amended' },
    AMENDED: { ar: 'عُدِّل القيد', en: 'Amended' },
    ENDING: { ar: 'قيد الإنهاء', en: 'Being wound up' },
    COMPLETED: { ar: 'مكتمل', en: 'Completed' },
    REJECTED: { ar: 'مرفوض', en: 'Rejected' },
    EXPIRED: { ar: 'منتهي المهلة', en: 'Expired' },
    CANCELLED: { ar: 'مسحوب', en: 'Withdrawn' },
  },
  steps: {
    ...everyCase.steps,
    'check-amendment': { ar: 'فحص طلب التعديل', en: 'Checking the request' },
    'amend-register': { ar: 'تعديل السجل', en: 'Amending the register' },
    'issue-certificate': { ar: 'إصدار الشهادة المصححة', en: 'Issuing the corrected certificate' },
    'notify-holders': { ar: 'إشعار أصحاب الوثائق', en: 'Telling the holders of documents' },
  },
  waits: { 'amendment-confirmation': { ar: 'تأكيد مشرف آخر', en: 'Another supervisor to confirm' } },
  otherwise: { 'amendment-expires': { ar: 'ينتهي طلب التعديل', en: 'The request expires' } },
  events: {
    ...everyCase.events,
    AmendmentRequested: { ar: 'طُلب التعديل', en: 'The amendment was asked for' },
    AmendmentRefused: { ar: 'رُفض التعديل', en: 'The amendment was refused' },
    AmendmentPrepared: { ar: 'أُعد التعديل', en: 'The amendment was prepared' },
    AmendmentConfirmed: { ar: 'أُكد التعديل', en: 'The amendment was confirmed' },
    AmendmentDeclined: { ar: 'لم يُؤكد التعديل', en: 'The amendment was declined' },
    CancellationRequested: { ar: 'سُحب الطلب', en: 'The request was withdrawn' },
    ConfirmationExpired: { ar: 'انتهت مهلة التأكيد', en: 'Nobody confirmed in time' },
    RegisterAmended: { ar: 'عُدِّل السجل', en: 'The register was amended' },
    CertificateIssued: { ar: 'صدرت الشهادة المصححة', en: 'The corrected certificate was issued' },
    ApplicantNotified: { ar: 'أُرسل إشعار', en: 'A message was sent' },
    NotificationFailed: { ar: 'تعذّر الإشعار', en: 'A message could not be sent' },
  },
  rules: {
    ...objectionTexts,
    ...partyTexts,
    'not-in-the-entry': { ar: 'هذا البيان ليس في القيد', en: 'The entry of such an event does not hold this' },
    'subject-not-concerned': { ar: 'صاحب الطلب ليس من أطراف القيد', en: 'The entry does not concern this person' },
    'official-unknown': {
      ar: 'الرقم الوظيفي غير مرتبط بشخص في السجل المدني',
      en: 'The staff number is not tied to a person of the register',
    },
    'registration-stands': { ar: 'لا يوجد قيد قائم', en: 'There is no entry that stands' },
    'requested-by-a-supervisor': { ar: 'يطلب التعديل مشرف', en: 'Only a supervisor asks for an amendment' },
    'something-to-correct': { ar: 'لا يوجد ما يُصحَّح', en: 'Nothing would change' },
    'event-date-in-future': { ar: 'التاريخ في المستقبل', en: 'The date lies ahead' },
    'related-official': {
      ar: 'قرابة بين الموظف وأحد الأطراف',
      en: 'The official is related to somebody whom it concerns',
    },
    'no-other-open-amendment': { ar: 'يوجد طلب تعديل آخر مفتوح', en: 'Another amendment of this entry is open' },
    'own-case-open': {
      ar: 'الحالة التي سجّلت القيد لم تنته بعد: اطلب التعديل بعد انتهائها، وإن كانت متوقفة فليُعِد المشغِّل تشغيلها أولًا',
      en: 'The case that made the entry has not ended: ask again once it has, and have an operator retry it first where it stands still',
    },
    'two-people': { ar: 'قرار من شخصين', en: 'Decided by two people' },
    'already-reversed': { ar: 'سبق إلغاء القيد', en: 'The entry was reversed already' },
    'later-entries-rest-on-it': { ar: 'توجد قيود لاحقة مبنية عليه', en: 'Later entries rest on it' },
  },
  passed: { 'registration-stands': { ar: 'القيد قائم', en: 'The entry stands' } },
};
