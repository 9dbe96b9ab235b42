import { caseTypeNamed } from '../workflows/case-types';
import type { Transition } from '../ops/history';
import type { Replayed } from '../worker/replay';
import { words } from './texts';

type Mismatch = NonNullable<Replayed['mismatch']>;
type Lang = 'ar' | 'en';

const typeName = (type: string, lang: Lang): string => caseTypeNamed(type)?.title[lang] ?? type;

/** The step, the wait or the end that the case was at. */
function placeIn(type: string, { at, version }: Mismatch, lang: Lang): string {
  if (at === null) return version > 0 ? '' : { en: ' at its beginning', ar: ' عند بدايتها' }[lang];
  const { kind, name } = at;
  if (kind === 'end') return { en: ' at its end', ar: ' عند نهايتها' }[lang];
  const named = words(type, kind === 'step' ? 'steps' : 'waits', name, lang);
  return kind === 'step'
    ? { en: ` in the step “${named}”`, ar: ` في خطوة «${named}»` }[lang]
    : { en: ` while it waits for “${named}”`, ar: ` أثناء انتظار «${named}»` }[lang];
}

const eventsOf = (type: string, { events }: Transition, lang: Lang): string =>
  events.map((event) => words(type, 'events', event, lang)).join({ en: ', ', ar: '، ' }[lang]);

/** What became of a replay in words: which case, at which version, in which step, and what its history did instead. */
export function inWords({ caseId, type, mismatch }: Replayed, lang: Lang): string {
  if (!mismatch) return { en: `${caseId}: as it was`, ar: `${caseId}: كما كانت` }[lang];
  const { version, after, next, eventId, said } = mismatch;
  const place = placeIn(type, mismatch, lang);
  const brought = after ? ` (${eventsOf(type, after, lang)})` : '';
  const names = next && eventsOf(type, next, lang);
  const event = eventId ?? '';
  const en = [
    `${caseId} (${typeName(type, 'en')}): the code goes another way${place}, after version ${version}${brought}`,
    names ? `; its history goes on with: ${names}.` : '; its history ends there or waits.',
    eventId === null ? ' Where, the engine does not say.' : ` Event ${event} of the history.`,
    ` The engine: ${said}`,
  ];
  const ar = [
    `${caseId} (${typeName(type, 'ar')}): تسلك الشيفرة طريقًا آخر${place}، بعد النسخة ${version}${brought}`,
    names ? `، ويمضي تاريخها بما يلي: ${names}.` : '، وينتهي تاريخها هناك أو ينتظر.',
    eventId === null ? ' ولا يقول المحرك أين.' : ` الحدث ${event} من تاريخ المسار.`,
    ` المحرك: ${said}`,
  ];
  return { en, ar }[lang].join('');
}

/** What all of them came to. */
export function sumInWords(replayed: number, mismatches: number, bundle: string, lang: Lang): string {
  const en = mismatches === 0 ? 'all as they were' : `${mismatches} go another way`;
  const ar = mismatches === 0 ? 'كلها كما كانت' : `عدد ما يسلك طريقًا آخر ${mismatches}`;
  return {
    en: `${replayed} histories against bundle ${bundle}: ${en}`,
    ar: `التواريخ المعادة ${replayed} على الحزمة ${bundle}: ${ar}`,
  }[lang];
}
