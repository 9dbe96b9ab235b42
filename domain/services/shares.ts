import type { Bilingual } from '../refusal';
import { millis, type Instant, type LocalDate } from '../time';
import type { ActOf, ShareRefusal } from './acts';

/** What of a record can be shared, each for itself. */
export const shareFields = [
  'name',
  'identityNumber',
  'birthDate',
  'birthPlace',
  'sex',
  'nationality',
  'card',
  'phone',
  'address',
  'family',
] as const;
export type ShareField = (typeof shareFields)[number];

export const fieldTexts: Readonly<Record<ShareField, Bilingual>> = {
  name: { ar: 'الاسم', en: 'name' },
  identityNumber: { ar: 'رقم الهوية', en: 'identity number' },
  birthDate: { ar: 'تاريخ الميلاد', en: 'date of birth' },
  birthPlace: { ar: 'مكان الميلاد', en: 'place of birth' },
  sex: { ar: 'الجنس', en: 'sex' },
  nationality: { ar: 'الجنسية', en: 'nationality' },
  card: { ar: 'بطاقة الهوية', en: 'identity card' },
  phone: { ar: 'رقم الجوال', en: 'mobile number' },
  address: { ar: 'العنوان الوطني', en: 'national address' },
  family: { ar: 'سجل الأسرة', en: 'family record' },
};

export const shareStates = ['active', 'revoked', 'expired'] as const;
export type ShareState = (typeof shareStates)[number];

interface ShareTimes {
  readonly revokedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly expiresAt: Instant;
  /** When the person died whose data it is of. */
  readonly diedOn: LocalDate | null;
}

const isOver = ({ endedAt, expiresAt }: ShareTimes, now: number): boolean =>
  endedAt !== null || millis(expiresAt) <= now;

/** What a share is at a moment, in milliseconds: its time is over when it is over, noted or not, and with its person's life. */
export function shareStateAt(share: ShareTimes, now: number): ShareState {
  if (share.revokedAt !== null) return 'revoked';
  return share.diedOn !== null || isOver(share, now) ? 'expired' : 'active';
}

/** Why nothing is given out any more; null while the share stands. Once its time is over, it tells of no death either. */
export function shareRefusalAt(share: ShareTimes, now: number): ShareRefusal | null {
  const state = shareStateAt(share, now);
  if (state === 'active') return null;
  return state === 'expired' && !isOver(share, now) ? 'person-deceased' : `share-${state}`;
}

/** What can happen to a share, as the service log has it. The person is told of each. */
export const shareEvents = [
  'shared',
  'fetched',
  'revoked',
  'expired',
] as const satisfies readonly ActOf<'my-data-enhanced'>[];
export type ShareEvent = (typeof shareEvents)[number];

/** The longest that a share may last. Operating assumption. */
export const LONGEST_SHARE_DAYS = 365;

interface Told {
  readonly body: string;
  readonly fields: string;
  readonly until: string;
}

/** What the person is told about a share, by what happened. */
export const shareTexts: Readonly<
  Record<ShareEvent, { readonly ar: (told: Told) => string; readonly en: (told: Told) => string }>
> = {
  shared: {
    ar: ({ body, fields, until }) =>
      `منحتَ ${body} الاطلاع على: ${fields}، حتى ${until}. يمكنك إلغاء المشاركة في أي وقت.`,
    en: ({ body, fields, until }) => `You let ${body} read: ${fields}, until ${until}. You can revoke it at any time.`,
  },
  fetched: {
    ar: ({ body }) => `تسلّمت ${body} بياناتك التي منحتها الاطلاع عليها.`,
    en: ({ body }) => `${body} has fetched the data that you let it read.`,
  },
  revoked: {
    ar: ({ body }) => `أُلغيت مشاركة بياناتك مع ${body}، ولا يمكنها الاطلاع عليها بعد الآن.`,
    en: ({ body }) => `Your share with ${body} is revoked: it can read your data no more.`,
  },
  expired: {
    ar: ({ body }) => `انتهت مدة مشاركة بياناتك مع ${body}.`,
    en: ({ body }) => `Your share with ${body} has come to its end.`,
  },
};
