import type { Bilingual } from '../refusal';

/** The services beside the cases, and what the staff see of people while they handle cases. */
export const services = [
  'id-verification',
  'my-data',
  'my-data-enhanced',
  'card-loss',
  'reminders',
  'case-handling',
] as const;
export type Service = (typeof services)[number];

interface Act {
  /** Whether it is a transaction of the statement; the others are on record and counted nowhere. */
  readonly counts: boolean;
  readonly text: Bilingual;
}

const act = (counts: boolean, en: string, ar: string): Act => ({ counts, text: { ar, en } });

/** Everything that a service does, once: what its lines in the service log say, and in which words people are told of them. */
const acts = {
  'id-verification': {
    verified: act(true, 'Checked a document', 'تحقق من صلاحية الهوية'),
    refused: act(false, 'Tried, and was refused', 'محاولة مرفوضة'),
  },
  'my-data': {
    'record-read': act(true, 'Read the record', 'اطلاع على السجل'),
    'accesses-read': act(false, 'Looked at who has seen the data', 'الاطلاع على من اطلع على البيانات'),
    'certificate-read': act(false, 'Read a certificate', 'الاطلاع على شهادة'),
    'family-record-read': act(false, 'Read the family record', 'الاطلاع على سجل الأسرة'),
    'renewal-cost-asked': act(false, 'Asked what renewing the card costs', 'الاستعلام عن تكلفة تجديد البطاقة'),
    'reminder-preference': act(false, 'Changed the reminder preference', 'تغيير تفضيل التذكير'),
  },
  'my-data-enhanced': {
    'detail-read': act(true, 'Read the record in detail', 'اطلاع على السجل المفصل'),
    shared: act(true, 'Granted a share', 'منح مشاركة'),
    'credential-again': act(false, 'Received the credential of a share again', 'استلام وثيقة مشاركة مرة أخرى'),
    fetched: act(true, 'Fetched shared data', 'تسلّم بيانات مشتركة'),
    'family-fetched': act(
      false,
      'Fetched your name and date of birth with what a relative shared',
      'تسلّم اسمك وتاريخ ميلادك ضمن ما شاركه أحد أقاربك',
    ),
    revoked: act(false, 'Revoked a share', 'إلغاء مشاركة'),
    expired: act(false, 'A share came to its end', 'انتهاء مدة مشاركة'),
    'shares-listed': act(false, 'Looked at the shares', 'الاطلاع على المشاركات'),
    refused: act(false, 'Tried, and was refused', 'محاولة مرفوضة'),
  },
  'card-loss': { 'loss-reported': act(true, 'Reported a card lost', 'الإبلاغ عن فقدان بطاقة') },
  reminders: { reminder: act(false, 'Was reminded', 'تذكير') },
  'case-handling': {
    'evidence-read': act(false, 'Looked at the data for a case', 'الاطلاع على البيانات لمعالجة طلب'),
  },
} as const satisfies Readonly<Record<Service, Readonly<Record<string, Act>>>>;

type Acts = typeof acts;
export type ActOf<S extends Service> = keyof Acts[S];
export type ServiceAct = { [S in Service]: ActOf<S> }[Service];

const table: Readonly<Record<string, Readonly<Record<string, Act>>>> = acts;

/** Why somebody who asked for a share was given nothing. */
export type ShareRefusal =
  'share-for-another-body' | 'share-field-not-granted' | 'share-expired' | 'share-revoked' | 'person-deceased';

/** What came of it, where a program of ours says so; the database says itself what it found and whom it reminded. */
export type ServiceOutcome = 'served' | 'on' | 'off' | ShareRefusal;

export const actText = (service: string, what: string): Bilingual =>
  table[service]?.[what]?.text ?? { ar: what, en: what };

const counted = (service: Service): string[] =>
  Object.entries<Act>(acts[service]).flatMap(([what, { counts }]) => (counts ? [what] : []));

/** Lines that count as a transaction. */
export const TRANSACTIONS: Readonly<Record<Service, readonly string[]>> = {
  'id-verification': counted('id-verification'),
  'my-data': counted('my-data'),
  'my-data-enhanced': counted('my-data-enhanced'),
  'card-loss': counted('card-loss'),
  reminders: counted('reminders'),
  'case-handling': counted('case-handling'),
};
