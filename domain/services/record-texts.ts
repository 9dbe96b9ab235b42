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

export const accessTexts: Readonly<Record<string, Bilingual>> = {
  verified: { ar: 'تحقق من صلاحية الهوية', en: 'Checked a document' },
  refused: { ar: 'محاولة مرفوضة', en: 'Tried, and was refused' },
  'record-read': { ar: 'اطلاع على السجل', en: 'Read the record' },
  'certificate-read': { ar: 'الاطلاع على شهادة', en: 'Read a certificate' },
  'family-record-read': { ar: 'الاطلاع على سجل الأسرة', en: 'Read the family record' },
  'detail-read': { ar: 'اطلاع على السجل المفصل', en: 'Read the record in detail' },
  shared: { ar: 'منح مشاركة', en: 'Granted a share' },
  revoked: { ar: 'إلغاء مشاركة', en: 'Revoked a share' },
  fetched: { ar: 'تسلّم بيانات مشتركة', en: 'Fetched shared data' },
  'loss-reported': { ar: 'الإبلاغ عن فقدان بطاقة', en: 'Reported a card lost' },
  'reminder-preference': { ar: 'تغيير تفضيل التذكير', en: 'Changed the reminder preference' },
};
