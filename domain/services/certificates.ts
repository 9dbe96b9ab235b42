import type { Bilingual } from '../refusal';
import type { LocalDate } from '../time';

/**
 * What whoever was shown a paper is told of it. `unknown` stands for everything that is not a paper of ours: a code that was made up or
 * changed, another kind of code, a number that was never given out.
 */
export const certificateVerdicts = ['valid', 'superseded', 'revoked', 'expired', 'unknown'] as const;
export type CertificateVerdict = (typeof certificateVerdicts)[number];

export const certificateVerdictTexts: Readonly<Record<CertificateVerdict, Bilingual>> = {
  valid: { ar: 'الوثيقة صحيحة والقيد قائم', en: 'The paper is genuine, and what it says stands' },
  superseded: {
    ar: 'الوثيقة صادرة عنا، لكن القيد صُحِّح بعد إصدارها',
    en: 'The paper is genuine, but the entry was corrected after it was issued',
  },
  revoked: { ar: 'الوثيقة صادرة عنا، لكن القيد أُلغي', en: 'The paper is genuine, but the entry was revoked' },
  expired: {
    ar: 'الوثيقة صادرة عنا عن يوم مضى، فاطلب نسخة حديثة',
    en: 'The paper is genuine and about a day that is over: ask for one of today',
  },
  unknown: { ar: 'ليست هذه وثيقة صادرة عنا', en: 'This is no paper of ours' },
};

export interface CertificateVerification {
  readonly verdict: CertificateVerdict;
  /** The first day on which it held no more; absent for what holds and for what is unknown. */
  readonly since?: LocalDate;
}

/** Pure, over what has happened to a certificate's entry since, in order. */
export function certificateVerdict(
  marks: readonly { readonly why: 'corrected' | 'revoked'; readonly on: LocalDate }[],
): CertificateVerification {
  const last = marks.at(-1);
  if (!last) return { verdict: 'valid' };
  return { verdict: last.why === 'revoked' ? 'revoked' : 'superseded', since: last.on };
}
