import type { IncidentGroup } from '../adapters/operations/port';
import type { StallGroup } from '../adapters/operations/stalls-port';
import type { Bilingual } from '../domain/refusal';
import type { Remedy } from '../ops/remedies';
import { words } from './texts';
import { several } from './output';

type Lang = 'ar' | 'en';

/** Incidents of one cause, with what to try. */
export function groupInWords(
  { source, code, kind, cases, retrying, since, last, steps, types, example, message }: IncidentGroup,
  remedy: Remedy,
  lang: Lang,
): string[] {
  const inSteps = steps.map((step) => words(types[0] ?? '', 'steps', step, lang)).join({ en: ', ', ar: '، ' }[lang]);
  const all = `tajdid incidents retry --source ${source} --code ${code} --reason "..." --yes`;
  const page = `docs/runbooks/${lang === 'ar' ? 'ar/' : ''}${remedy.runbook}.md`;
  return {
    en: [
      `${source} answers ${code}: ${several(cases, 'case')} since ${since} (${kind}; last ${last}; in ${inSteps}${retrying > 0 ? `; ${retrying} being retried` : ''})`,
      `  it said: ${message}`,
      `  remedy (${remedy.action}, ${page}): ${remedy.text.en}`,
      `  for example ${example}; all of them: ${all}`,
    ],
    ar: [
      `${source} يجيب ${code}: عدد الحالات ${cases} منذ ${since} (${kind}، آخرها ${last}، عند: ${inSteps}${retrying > 0 ? `، قيد إعادة المحاولة ${retrying}` : ''})`,
      `  الجواب: ${message}`,
      `  ما العمل (${page}): ${remedy.text.ar}`,
      `  مثال: ${example}، وكلها: ${all}`,
    ],
  }[lang];
}

/** Waits that have gone silent in one way. */
export function stallGroupInWords(
  { cases, since, last, example }: Omit<StallGroup, 'what'>,
  { what, remedy }: { readonly what: Bilingual; readonly remedy: Bilingual },
  lang: Lang,
): string[] {
  return {
    en: [
      `Stall: ${what.en}: ${cases} since ${since} (last ${last}); for example ${example}`,
      `  remedy: ${remedy.en} All of them: tajdid stall list`,
    ],
    ar: [
      `صمت: ${what.ar}: العدد ${cases} منذ ${since} (آخرها ${last})، مثال: ${example}`,
      `  العلاج: ${remedy.ar} كلها: tajdid stall list`,
    ],
  }[lang];
}
