import type { FailureKind, OutsideFailure } from '../domain/failures';
import type { Bilingual } from '../domain/refusal';
import { sentence } from '../domain/sentence';

const FAILED: Readonly<Record<FailureKind, string>> = {
  unavailable: 'لا يجيب',
  'outcome-unknown': 'لا يُعرف ما آل إليه ما طُلب منه',
  refused: 'رفض ما طُلب منه',
  defect: 'لم يُفهم ما بينه وبين البرنامج',
};

/** A party outside did not do what it was asked, or nobody knows whether it did. */
export function failureInWords({ kind, source, code, message }: OutsideFailure): Bilingual {
  const ar = code.startsWith('postgres-') ? `PostgreSQL ${FAILED[kind]}` : `${source} ${FAILED[kind]}`;
  return { en: `${sentence(message)}.`, ar: `${ar} (${code}).` };
}
