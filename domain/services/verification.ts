import type { Bilingual } from '../refusal';
import type { LocalDate } from '../time';

/**
 * What an asker is told. `unknown` stands for everything that does not fit together: no such number, another birth date, somebody
 * else's card; so an answer never says which half of a guess was right.
 */
export const verdicts = ['valid', 'expired', 'reported-lost', 'superseded', 'amended', 'unknown'] as const;
export type Verdict = (typeof verdicts)[number];

export const verdictTexts: Readonly<Record<Verdict, Bilingual>> = {
  valid: { ar: 'وثيقة الهوية سارية', en: 'The identity document is valid' },
  expired: { ar: 'وثيقة الهوية منتهية', en: 'The identity document has expired' },
  'reported-lost': { ar: 'أُبلغ عن فقدان وثيقة الهوية', en: 'The identity document was reported lost' },
  superseded: { ar: 'حلّت محل وثيقة الهوية وثيقة أحدث', en: 'A newer identity document has taken its place' },
  amended: {
    ar: 'عُدِّل القيد الذي تستند إليه وثيقة الهوية، فلم تعد معتمدة',
    en: 'The entry that the identity document rests on was amended: it no longer holds',
  },
  unknown: { ar: 'لا توجد وثيقة هوية بهذه البيانات', en: 'No identity document fits these details' },
};

export interface Verification {
  readonly verdict: Verdict;
  /** The first day on which it was no longer valid; absent for a valid one and for what is unknown. */
  readonly since?: LocalDate;
}

/** How guessing is kept from getting anywhere. Operating assumptions, all of them. */
export const GUARD = {
  /** Wrong guesses of one client about one person until the first pause. */
  free: 5,
  /** Length of the first pause; each further wrong guess doubles it. */
  lockSeconds: 60,
  longestLockSeconds: 24 * 3600,
  /** Wrong guesses of one client in an hour, whomever they are about. */
  hourlyFailures: 5_000,
  /** Of these, how many the lines of its files may be; then a file waits for the next hour, and single questions go on. */
  hourlyBulkFailures: 4_000,
} as const;

/** Lines of a bulk file at most. */
export const BULK_LINES = 10_000;
