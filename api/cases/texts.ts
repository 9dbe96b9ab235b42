import { coreMinor, coreTexts } from '../../domain/case/core-texts';
import type { CaseTexts, CaseType } from '../../domain/case/model';
import type { Bilingual } from '../../domain/refusal';
import { caseTypeNamed } from '../../workflows/case-types';

/** The words for a code: the case type's own, else the core's; a code without any stands for itself. */
export function textOf(type: CaseType | undefined, of: keyof CaseTexts, code: string): Bilingual {
  return type?.texts[of][code] ?? coreTexts[of][code] ?? { ar: code, en: code };
}

/** What a case waits for is a wait or a step that it is taking. */
export const waitText = (type: CaseType | undefined, what: string): Bilingual =>
  type?.texts.waits[what] ?? coreTexts.waits[what] ?? textOf(type, 'steps', what);

export const statusText = (type: string, status: string): Bilingual => textOf(caseTypeNamed(type), 'statuses', status);

/** Whether an event is one between the steps, as the case type has it or the core. */
export const isMinor = (type: CaseType | undefined, event: string): boolean =>
  [...coreMinor, ...(type?.minor ?? [])].includes(event);
