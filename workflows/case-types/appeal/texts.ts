import type { CaseTexts } from '../../../domain/case/model';
import { claim, everyCase } from '../../stages/texts';

/** The words that people read for this case type's codes. */
export const appealTexts: CaseTexts = {
  statuses: {
    ...everyCase.statuses,
    ADMISSIBILITY: { ar: 'فحص قبول التظلم شكلًا', en: 'Checking admissibility' },
    IN_REVIEW: { ar: 'قيد النظر', en: 'In review' },
    DECIDED: { ar: 'صدر القرار', en: 'Decided' },
    UPHELD: { ar: 'أُيِّد القرار', en: 'The decision was upheld' },
    ALLOWED: { ar: 'قُبل التظلم', en: 'The appeal was allowed' },
    REJECTED: { ar: 'غير مقبول', en: 'Not admitted' },
    CANCELLED: { ar: 'مسحوب', en: 'Withdrawn' },
  },
  steps: {
    ...everyCase.steps,
    'check-admissible': { ar: 'فحص قبول التظلم', en: 'Checking admissibility' },
    'note-new-decision': { ar: 'بدء قرار جديد', en: 'Starting the new decision' },
    'notify-decided': { ar: 'إشعار المتظلم', en: 'Telling the appellant' },
  },
  waits: { 'appeal-decision': { ar: 'القرار في التظلم', en: 'The decision on the appeal' } },
  otherwise: { ...claim.otherwise },
  events: {
    ...everyCase.events,
    ...claim.events,
    AppealFiled: { ar: 'قُدِّم التظلم', en: 'The appeal was filed' },
    AppealRefused: { ar: 'لم يُقبل التظلم شكلًا', en: 'The appeal was not admitted' },
    AppealAdmitted: { ar: 'قُبل التظلم شكلًا', en: 'The appeal was admitted' },
    AppealOverdue: { ar: 'تأخر القرار في التظلم', en: 'The decision on the appeal is overdue' },
    AppealUpheld: { ar: 'أُيِّد القرار', en: 'The decision was upheld' },
    AppealAllowed: { ar: 'قُبل التظلم', en: 'The appeal was allowed' },
    CancellationRequested: { ar: 'سُحب التظلم', en: 'The appeal was withdrawn' },
    NewDecisionStarted: { ar: 'بدأ قرار جديد', en: 'A new decision was started' },
    ApplicantNotified: { ar: 'أُشعر المتظلم', en: 'The appellant was told' },
    NotificationFailed: { ar: 'تعذّر الإشعار', en: 'The appellant could not be told' },
  },
  rules: {
    'appealed-case-known': { ar: 'لا توجد حالة بهذا الرقم', en: 'There is no such case to appeal' },
    'appealed-case-rejected': { ar: 'الحالة لم تُرفض', en: 'The case was not rejected' },
    'appeal-in-time': { ar: 'انتهت مدة التظلم', en: 'The time to appeal is over' },
    'appealed-by-the-party': { ar: 'التظلم لأطراف الحالة وحدهم', en: 'Only a party to the case can appeal' },
    'appealed-once': { ar: 'سبق التظلم من هذا القرار', en: 'This decision was appealed already' },
  },
  passed: {
    'appealed-case-known': { ar: 'الحالة المتظلم منها معروفة', en: 'The case that is appealed is known' },
    'appealed-case-rejected': { ar: 'رُفضت الحالة', en: 'The case was rejected' },
    'appeal-in-time': { ar: 'قُدِّم التظلم في مدته', en: 'The appeal was filed in time' },
    'appealed-by-the-party': { ar: 'المتظلم هو صاحب الشأن', en: 'It is the party who appeals' },
    'appealed-once': { ar: 'لم يسبق التظلم من هذا القرار', en: 'This decision was not appealed before' },
  },
};
