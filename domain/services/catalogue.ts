import type { Beneficiary } from '../identity-number';
import { bodyNamed } from '../policies/official-bodies';
import type { Bilingual } from '../refusal';

export { TRANSACTIONS } from './acts';

/** Services as a statement names them, the case types among them. */
export const serviceTexts: Readonly<Record<string, Bilingual>> = {
  'id-verification': { ar: 'التحقق من صلاحية الهوية الوطنية', en: 'National ID validity verification' },
  'id-renewal': { ar: 'تجديد الهوية الوطنية', en: 'National ID renewal' },
  'family-identification': { ar: 'تعريف أفراد الأسرة', en: 'Identification of family members' },
  'family-registration': { ar: 'تسجيل وقائع الأحوال المدنية', en: 'Registration of family events' },
  'my-data': { ar: 'بياناتي', en: 'My Data' },
  'my-data-enhanced': { ar: 'بياناتي المطورة', en: 'Enhanced My Data' },
  'case-handling': { ar: 'معالجة الطلبات', en: 'Handling of cases' },
  'card-loss': { ar: 'الإبلاغ عن فقدان بطاقة الهوية', en: 'Reports of lost cards' },
  appeal: { ar: 'التظلم من القرارات', en: 'Appeals' },
  'record-amendment': { ar: 'تعديل القيود', en: 'Amendment of records' },
};

export const channelTexts: Readonly<Record<string, Bilingual>> = {
  'absher-individuals': { ar: 'أبشر أفراد', en: 'Absher Individuals' },
  'absher-business': { ar: 'أبشر أعمال', en: 'Absher Business' },
  console: { ar: 'المكتب', en: 'Office' },
  tajdid: { ar: 'داخلي', en: 'Internal' },
  'official-bodies': { ar: 'الجهات الرسمية', en: 'Official bodies' },
  others: { ar: 'قنوات أخرى', en: 'Other channels' },
};

/** The channel as a statement has it: all official bodies are one, and so are all clients that no channel is named for. */
export function publishedChannel(channel: string): string {
  if (bodyNamed(channel)) return 'official-bodies';
  return Object.hasOwn(channelTexts, channel) ? channel : 'others';
}

/** Whom a transaction was for; unknown where a case was filed for a number that the register did not have. */
export type CountedBeneficiary = Beneficiary | 'unknown';

export const beneficiaryTexts: Readonly<Record<CountedBeneficiary, Bilingual>> = {
  citizen: { ar: 'مواطن', en: 'Citizen' },
  resident: { ar: 'مقيم', en: 'Resident' },
  visitor: { ar: 'زائر', en: 'Visitor' },
  unknown: { ar: 'غير محدد', en: 'Not recorded' },
};
