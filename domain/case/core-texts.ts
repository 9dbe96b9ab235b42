import type { CoreEvent } from './core';
import type { CaseTexts, WaitOwner } from './model';
import type { Bilingual } from '../refusal';

/** The words for the codes that every case has, whatever its type. */
export const coreTexts: CaseTexts = {
  statuses: {
    ON_HOLD: { ar: 'معلّق', en: 'On hold' },
    INCIDENT: { ar: 'عطل تقني قيد المعالجة', en: 'Technical incident' },
  },
  steps: {
    reset: { ar: 'إعادة الحالة إلى خطوة سابقة', en: 'Going back to an earlier step' },
    record: { ar: 'تسجيل ما ورد', en: 'Putting on record what came' },
    'clear-incident': { ar: 'متابعة الحالة بعد العطل', en: 'Going on after an incident' },
  },
  waits: {
    hold: { ar: 'استئناف المشرف للحالة', en: 'A supervisor to resume the case' },
    incident: { ar: 'معالجة عطل تقني', en: 'An operator to clear an incident' },
  },
  otherwise: {
    'hold-reminder': { ar: 'يُذكَّر المشرف', en: 'The supervisor is reminded' },
    'retry-by-itself': { ar: 'تُعاد المحاولة تلقائيًا', en: 'The case retries by itself' },
    incident: { ar: 'تصبح عطلًا يعالجه المشغّل', en: 'It becomes an incident for an operator' },
  },
  events: {
    IncidentRaised: { ar: 'حدث عطل تقني', en: 'A technical incident was raised' },
    RetryRequested: { ar: 'طُلبت إعادة المحاولة', en: 'A retry was asked for' },
    IncidentCleared: { ar: 'عولج العطل', en: 'The incident was cleared' },
    CaseHeld: { ar: 'عُلِّقت الحالة', en: 'The case was put on hold' },
    HoldReminded: { ar: 'ذُكِّر المشرف بالتعليق', en: 'The supervisor was reminded of the hold' },
    CaseResumed: { ar: 'استُؤنفت الحالة', en: 'The case was resumed' },
    FactRepairProposed: { ar: 'اقتُرح إصلاح بيان', en: 'A repair was proposed' },
    FactRepairDeclined: { ar: 'رُفض إصلاح بيان', en: 'A repair was declined' },
    FactRepaired: { ar: 'أُصلح بيان', en: 'A fact was repaired' },
    ResetOrdered: { ar: 'طُلبت إعادة الحالة إلى خطوة سابقة', en: 'A reset was ordered' },
    CaseReset: { ar: 'أُعيدت الحالة إلى خطوة سابقة', en: 'The case was reset' },
    NoteAdded: { ar: 'أُضيفت ملاحظة', en: 'A note was added' },
  },
  rules: {},
  passed: {},
};

/** Events between the steps, of every case. Notes have a place of their own. */
export const coreMinor: readonly CoreEvent['type'][] = ['NoteAdded', 'RetryRequested'];

/** Who can end a wait; `tajdid` is the case itself. */
export const ownerTexts: Readonly<Record<WaitOwner | 'tajdid', Bilingual>> = {
  applicant: { ar: 'مقدم الطلب', en: 'The applicant' },
  caseworker: { ar: 'الموظف', en: 'A caseworker' },
  supervisor: { ar: 'المشرف', en: 'A supervisor' },
  committee: { ar: 'اللجنة', en: 'The committee' },
  operator: { ar: 'المشغّل', en: 'An operator' },
  'card-bureau': { ar: 'مكتب طباعة البطاقات', en: 'The card bureau' },
  courier: { ar: 'الناقل', en: 'The courier' },
  consenter: { ar: 'من تُطلب موافقته', en: 'Whoever is asked for consent' },
  'evidence-source': { ar: 'جهة الإثبات', en: 'The source of the evidence' },
  tajdid: { ar: 'النظام', en: 'The system' },
};

/** Between colleagues: no portal sees them, hears of them or is sent them. The relay's own function says it too. */
export const internalEvents: readonly CoreEvent['type'][] = ['NoteAdded'];
