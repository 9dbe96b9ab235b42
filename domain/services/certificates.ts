import type { Bilingual } from '../refusal';
import type { LocalDate } from '../time';

/**
 * What whoever was shown a paper is told of it. `unknown` stands for everything that is not a paper of ours: a code that was made up or
 * changed, another kind of code, a number that was never given out.
 */
export const certificateVerdicts = ['valid', 'superseded', 'revoked', 'expired', 'unknown'] as const;
export type CertificateVerdict = (typeof certificateVerdicts)[number];

const certificateVerdictTexts: Readonly<Record<CertificateVerdict, Bilingual>> = {
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

const REPLACED: Bilingual = {
  ar: 'الوثيقة صادرة عنا، لكن القيد صُحِّح بعد إصدارها وصدرت وثيقة أخرى بدلًا منها',
  en: 'The paper is genuine, but the entry was corrected after it was issued, and another was issued in its place',
};

export interface CertificateVerification {
  readonly verdict: CertificateVerdict;
  /** The first day on which it held no more; absent for what holds and for what is unknown. */
  readonly since?: LocalDate;
  /** Of a superseded one: another was issued for the corrected entry. */
  readonly replaced?: true;
}

/** What has happened to a certificate's entry since, in order, and the certificate of what was entered instead. */
export interface CertificateFate {
  readonly marks: readonly { readonly why: 'corrected' | 'revoked'; readonly on: LocalDate }[];
  readonly replacedBy: string | null;
}

/** Pure. That another was issued is said to everybody, which one is for those who may read it. */
export function certificateVerdict({ marks, replacedBy }: CertificateFate): CertificateVerification {
  const last = marks.at(-1);
  if (!last) return { verdict: 'valid' };
  if (last.why === 'revoked') return { verdict: 'revoked', since: last.on };
  return { verdict: 'superseded', since: last.on, ...(replacedBy === null ? {} : { replaced: true }) };
}

export const certificateText = ({ verdict, replaced }: CertificateVerification): Bilingual =>
  replaced ? REPLACED : certificateVerdictTexts[verdict];
