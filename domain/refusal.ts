/** Every text that a person may read is there in both languages. */
export interface Bilingual {
  readonly ar: string;
  readonly en: string;
}

/**
 * A business "no": an answer, never a failure. `code` is stable and stands for the rule; the API makes it a problem `type`.
 * - `forbidden`: not you (403) · `not-now`: not in this state (409) · `stale`: you looked at an older version (412) · `invalid`: the input breaks a rule (422)
 */
export interface Refusal {
  readonly code: string;
  readonly kind: 'forbidden' | 'not-now' | 'stale' | 'invalid';
  readonly message: Bilingual;
}

export const refusal = (kind: Refusal['kind'], code: string, en: string, ar: string): Refusal => ({
  kind,
  code,
  message: { ar, en },
});

/** Somebody waits for the answer, and can simply ask again. */
export const CANNOT_TELL = refusal(
  'not-now',
  'cannot-tell-now',
  'What this decision rests on cannot be looked up now. Try again in a while.',
  'تعذّر الاطلاع على ما يستند إليه القرار الآن. حاول بعد قليل.',
);
