import type { Bilingual } from '../refusal';
import type { Objection } from './objections';

/** What the register says when it does not let an event in, in the words that people read. */
export const objectionTexts = {
  'already-identified': { ar: 'سبق تعريف هذا الفرد', en: 'This member is identified already' },
  alive: { ar: 'أحد الأطراف مسجل متوفى', en: 'Somebody in the report is registered as dead' },
  'no-cycle': { ar: 'أحد الوالدين من ذرية الابن', en: 'A parent would be a descendant of the child' },
  'married-already': { ar: 'الزواج مسجل مسبقًا', en: 'This marriage is registered already' },
  'married-to-each-other': { ar: 'لا يوجد زواج قائم بينهما', en: 'They are not married to each other' },
  'marriage-ended-by-death': {
    ar: 'أنهت هذا الزواج وفاة سُجّلت بعد ذلك اليوم، ويعدّل مشرف قيدها أولًا',
    en: 'A death registered since has ended this marriage: a supervisor amends its entry first',
  },
  'already-dead': { ar: 'الوفاة مسجلة مسبقًا', en: 'The death is registered already' },
  'before-birth': { ar: 'تاريخ الوفاة قبل الميلاد', en: 'The death would be before the birth' },
  'before-later-events': {
    ar: 'توجد وقائع مسجلة بعد هذا التاريخ',
    en: 'The register has later events of this person',
  },
  'identity-revoked': { ar: 'هوية أحد الأطراف ملغاة', en: "Somebody's identity in the report was revoked" },
  'has-another-parent': {
    ar: 'للفرد أب أو أم آخر مسجل بهذه الصفة',
    en: 'The register has another father or mother of this person',
  },
  'parents-older': { ar: 'تاريخ الميلاد قبل ميلاد أحد الوالدين', en: 'The child would be born before a parent' },
  'parent-too-young': {
    ar: 'الفرق في السن بين أحد الوالدين والابن أقل من الحد الأدنى',
    en: 'A parent would be too young for this child',
  },
  'spouse-limit': { ar: 'تجاوز عدد الأزواج المسموح', en: 'Already married beyond what is allowed' },
  'different-people': { ar: 'تكرر الشخص نفسه في الواقعة', en: 'One person would play two parts' },
  'person-unknown': { ar: 'أحد الأطراف غير مسجل', en: 'Somebody in the event is not in the register' },
} as const satisfies Record<Objection | 'person-unknown', Bilingual>;

/** What a report and a correction alike are held against, beside what the register itself objects to. */
export const partyTexts = {
  'parent-sex': { ar: 'الصفة لا تطابق الجنس المسجل', en: 'The part does not fit the registered sex' },
  'marriage-age': { ar: 'أحد الزوجين دون السن', en: 'A spouse is under age' },
  'prohibited-degree': { ar: 'قرابة تمنع الزواج', en: 'The spouses are too near of kin' },
} as const satisfies Record<string, Bilingual>;

/** Whether a case ends with what the register said as its answer; anything else that it says is an incident. */
export const isObjection = (code: string): code is keyof typeof objectionTexts => Object.hasOwn(objectionTexts, code);
