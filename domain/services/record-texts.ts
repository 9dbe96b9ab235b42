import type { Bilingual } from '../refusal';

/** Words for what stands in a personal record. */
export const cardTypeTexts: Readonly<Record<string, Bilingual>> = {
  'national-id': { ar: 'هوية وطنية', en: 'National ID' },
  'resident-id': { ar: 'هوية مقيم', en: 'Resident ID' },
  'visit-visa': { ar: 'تأشيرة زيارة', en: 'Visit visa' },
};

export const cardStatusTexts: Readonly<Record<string, Bilingual>> = {
  reserved: { ar: 'محجوزة', en: 'Reserved' },
  valid: { ar: 'سارية', en: 'In force' },
  expired: { ar: 'منتهية', en: 'Expired' },
  lost: { ar: 'مفقودة', en: 'Lost' },
  superseded: { ar: 'مستبدلة', en: 'Replaced' },
  amended: { ar: 'عُدِّل القيد الذي تستند إليه', en: 'The entry that it rests on was amended' },
  voided: { ar: 'ملغاة', en: 'Void' },
};

export const relationTexts: Readonly<Record<string, Bilingual>> = {
  father: { ar: 'الأب', en: 'Father' },
  mother: { ar: 'الأم', en: 'Mother' },
  spouse: { ar: 'الزوج / الزوجة', en: 'Spouse' },
  guardian: { ar: 'الولي', en: 'Guardian' },
  child: { ar: 'ابن / ابنة', en: 'Child' },
  ward: { ar: 'تحت الولاية', en: 'Ward' },
};

/** Entries of the register, by kind. */
export const entryTexts: Readonly<Record<string, Bilingual>> = {
  'person-enrolled': { ar: 'إدراج في السجل المدني', en: 'Entered in the register' },
  'card-reserved': { ar: 'حجز رقم لبطاقة جديدة', en: 'A new card was reserved' },
  'card-released': { ar: 'إلغاء حجز بطاقة', en: 'A reserved card was given up' },
  'cards-swapped': { ar: 'إصدار بطاقة بدل السابقة', en: 'A new card took the place of the one before' },
  'card-lost': { ar: 'بلاغ بفقدان بطاقة', en: 'A card was reported lost' },
  'family-event': { ar: 'تسجيل واقعة أحوال مدنية', en: 'A family event was registered' },
  'family-reversal': { ar: 'إلغاء تسجيل واقعة', en: 'The registration of a family event was taken back' },
};

/** Of whom a person reads that they looked at a case: the office and the role, and not the colleague. */
export const staffRoleTexts: Readonly<Record<string, Bilingual>> = {
  caseworker: { ar: 'موظف معالجة', en: 'caseworker' },
  supervisor: { ar: 'مشرف', en: 'supervisor' },
  committee: { ar: 'عضو لجنة', en: 'committee member' },
  auditor: { ar: 'مراجع', en: 'auditor' },
};

export const CIVIL_AFFAIRS: Bilingual = { ar: 'الأحوال المدنية', en: 'Civil Affairs' };
