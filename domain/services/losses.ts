import type { Bilingual } from '../refusal';
import type { LocalDate } from '../time';

/** What the holder is told once a card was reported lost: somebody else's report is to be noticed. */
export const lossText = (serial: string, reportedOn: LocalDate): Bilingual => ({
  ar: `سُجّل بلاغ بفقدان بطاقتك ${serial} بتاريخ ${reportedOn}، ولم تعد سارية. إن لم تكن أنت المبلّغ فراجع الأحوال المدنية.`,
  en: `Your card ${serial} was reported lost on ${reportedOn} and is no longer valid. If it was not you, turn to Civil Affairs.`,
});
