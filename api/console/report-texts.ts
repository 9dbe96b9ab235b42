import type { Bilingual } from '../../domain/refusal';

/** What the rows of a family report, and of an entry that is amended, are called. */
export const fieldTexts = {
  kind: { ar: 'الواقعة', en: 'Event' },
  on: { ar: 'تاريخ الواقعة', en: 'Date of the event' },
  childNameAr: { ar: 'اسم المولود بالعربية', en: "Child's name in Arabic" },
  childNameEn: { ar: 'اسم المولود بالإنجليزية', en: "Child's name in English" },
  childSex: { ar: 'جنس المولود', en: "Child's sex" },
  childBirthPlace: { ar: 'مكان الولادة', en: 'Place of birth' },
  child: { ar: 'المولود', en: 'Child' },
  father: { ar: 'الأب', en: 'Father' },
  mother: { ar: 'الأم', en: 'Mother' },
  parentsMarriage: { ar: 'زواج الوالدين', en: "Parents' marriage" },
  husband: { ar: 'الزوج', en: 'Husband' },
  wife: { ar: 'الزوجة', en: 'Wife' },
  marriage: { ar: 'زواجهما', en: 'Their marriage' },
  husbandMarriages: { ar: 'زوجات الزوج', en: "Husband's other marriages" },
  wifeMarriages: { ar: 'زواج الزوجة القائم', en: "Wife's other marriages" },
  wifeLastMarriage: { ar: 'آخر زواج سابق للزوجة', en: "Wife's last marriage" },
  witnesses: { ar: 'الشهود', en: 'Witnesses' },
  deceased: { ar: 'المتوفى', en: 'Deceased' },
  member: { ar: 'الفرد', en: 'Member' },
  guardian: { ar: 'ولي الأمر', en: 'Guardian' },
  relation: { ar: 'صلة المبلِّغ بالفرد', en: 'Reporter is the member’s' },
  reporter: { ar: 'المبلِّغ', en: 'Reported by' },
  others: { ar: 'آخرون في الإشعار', en: 'Others in the notice' },
} as const satisfies Record<string, Bilingual>;

export type FieldName = keyof typeof fieldTexts;

export const eventTexts: Readonly<Record<string, Bilingual>> = {
  'member-identification': { ar: 'تعريف فرد من الأسرة', en: 'Identification of a member' },
  'family-link': { ar: 'صلة أسرية', en: 'Family link' },
  'enrolled-parent': { ar: 'صلة سابقة للسجل', en: 'A tie from before this register' },
  birth: { ar: 'ولادة', en: 'Birth' },
  marriage: { ar: 'زواج', en: 'Marriage' },
  divorce: { ar: 'طلاق', en: 'Divorce' },
  death: { ar: 'وفاة', en: 'Death' },
};

export const sexTexts: Readonly<Record<'M' | 'F', Bilingual>> = {
  M: { ar: 'ذكر', en: 'Male' },
  F: { ar: 'أنثى', en: 'Female' },
};

export const relationTexts = {
  father: { ar: 'أب', en: 'father' },
  mother: { ar: 'أم', en: 'mother' },
  guardian: { ar: 'ولي', en: 'guardian' },
} as const satisfies Record<string, Bilingual>;

/** What the person in question is in the case. */
export const partTexts: Readonly<Record<string, Bilingual>> = {
  applicant: { ar: 'مقدم الطلب', en: 'Applicant' },
  member: fieldTexts.member,
  father: fieldTexts.father,
  mother: fieldTexts.mother,
  husband: fieldTexts.husband,
  wife: fieldTexts.wife,
  deceased: fieldTexts.deceased,
  reporter: { ar: 'المبلِّغ', en: 'Reporter' },
};
