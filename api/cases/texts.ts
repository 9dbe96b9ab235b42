import { coreMinor, coreTexts } from '../../domain/case/core-texts';
import type { CaseFile, CaseTexts, CaseType } from '../../domain/case/model';
import type { Bilingual } from '../../domain/refusal';
import { caseTypeNamed, caseTypeOfId } from '../../workflows/case-types';

/** The words for a code: the case type's own, else the core's; a code without any stands for itself. */
export function textOf(type: CaseType | undefined, of: keyof CaseTexts, code: string): Bilingual {
  return type?.texts[of][code] ?? coreTexts[of][code] ?? { ar: code, en: code };
}

/** The words for a rule that a case names. What an appeal decides rests on rules of the case that was appealed. */
export function ruleWords(
  file: CaseFile & { readonly appealed?: string },
  of: 'rules' | 'passed',
  code: string,
): Bilingual | undefined {
  const appealed = file.appealed === undefined ? undefined : caseTypeOfId(file.appealed);
  return caseTypeNamed(file.type)?.texts[of][code] ?? appealed?.texts[of][code] ?? coreTexts[of][code];
}

/** The same for a rule that a decision rests on: what held, where the case type says that it means that, else what speaks against. */
export function ruleText(file: CaseFile, decision: string, code: string): Bilingual {
  const of = decision === caseTypeNamed(file.type)?.passes.decision ? 'passed' : 'rules';
  return ruleWords(file, of, code) ?? { ar: code, en: code };
}

/** What a case waits for is a wait or a step that it is taking. */
export const waitText = (type: CaseType | undefined, what: string): Bilingual =>
  type?.texts.waits[what] ?? coreTexts.waits[what] ?? textOf(type, 'steps', what);

export const statusText = (type: string, status: string): Bilingual => textOf(caseTypeNamed(type), 'statuses', status);

/** Whether an event is one between the steps, as the case type has it or the core. */
export const isMinor = (type: CaseType | undefined, event: string): boolean =>
  [...coreMinor, ...(type?.minor ?? [])].includes(event);
