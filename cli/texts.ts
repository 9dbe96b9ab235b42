import { coreTexts, ownerTexts } from '../domain/case/core-texts';
import type { CaseTexts, WaitOwner } from '../domain/case/model';
import { caseTypeNamed } from '../workflows/case-types';

/** A code in words, from the case type's texts or the core's; the code itself when there are none. */
export function words(type: string, what: keyof CaseTexts, code: string, lang: 'ar' | 'en'): string {
  const text = caseTypeNamed(type)?.texts[what][code] ?? coreTexts[what][code];
  return text?.[lang] ?? code;
}

export const owner = (who: WaitOwner | 'tajdid', lang: 'ar' | 'en'): string => ownerTexts[who][lang];
