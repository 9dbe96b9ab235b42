import { standing, type Effect } from '../ops/effects';
import type { Explained } from '../ops/explain';
import { table } from './output';
import { owner, words } from './texts';

type Lang = 'ar' | 'en';

/** Which code and which policy it runs. */
function versionsIn({ engine, policyVersion }: Explained, lang: Lang): string {
  const code = engine === 'silent' ? undefined : engine?.workerVersion;
  return {
    en: `Code version: ${code ?? 'not known'}. Policy version: ${policyVersion}.`,
    ar: `إصدار الشيفرة: ${code ?? 'غير معروف'}. إصدار السياسة: ${policyVersion}.`,
  }[lang];
}

function waitIn({ type, waitingFor: wait }: Explained, lang: Lang): string {
  if (!wait) return { en: 'Waits for nothing: the case has ended.', ar: 'لا تنتظر شيئًا: انتهت الحالة.' }[lang];
  const what = words(type, wait.who === 'tajdid' ? 'steps' : 'waits', wait.what, lang);
  const [who, then] = [owner(wait.who, lang), words(type, 'otherwise', wait.otherwise, lang)];
  return {
    en: `Waits for: ${what}. Who: ${who}. Since ${wait.since}, until ${wait.until}; then: ${then}.`,
    ar: `تنتظر: ${what}. من: ${who}. منذ ${wait.since} حتى ${wait.until}، وإلا: ${then}.`,
  }[lang];
}

function remedyIn({ incident, remedy }: Explained, lang: Lang): string[] {
  const [said, todo] = [incident?.message ?? '', remedy?.text[lang] ?? ''];
  return { en: [`It said: ${said}`, `Remedy: ${todo}`], ar: [`الجواب: ${said}`, `ما العمل: ${todo}`] }[lang];
}

function incidentIn(about: Explained, lang: Lang): string[] {
  const { type, incident } = about;
  if (!incident) return [];
  const { step, source, code, kind, attempts, since, last, retrying } = incident;
  const named = words(type, 'steps', step, lang);
  return [
    {
      en: `Incident in step "${step}" (${named}): ${source} answers ${code} (${kind}), ${attempts === 1 ? `once, at ${since}` : `${attempts} times from ${since} to ${last}`}${retrying ? '; a retry is under way' : ''}.`,
      ar: `عطل في خطوة «${named}» (${step}): ${source} يجيب ${code} (${kind})، وعدد المحاولات ${attempts} من ${since} إلى ${last}${retrying ? '، وإعادة المحاولة جارية' : ''}.`,
    }[lang],
    ...remedyIn(about, lang),
  ];
}

function engineIn({ engine }: Explained, lang: Lang): string {
  if (!engine)
    return { en: 'Engine: no workflow of this case is known.', ar: 'المحرك: لا يعرف مسارًا لهذه الحالة.' }[lang];
  if (engine === 'silent')
    return {
      en: 'Engine: it does not answer. What stands here is from the database.',
      ar: 'المحرك: لا يجيب. ما يظهر هنا من قاعدة البيانات.',
    }[lang];
  const { status, events } = engine;
  return {
    en: `Engine: ${status}, ${events} events of history.`,
    ar: `المحرك: ${status}، وأحداث تاريخه ${events}.`,
  }[lang];
}

/** What a case waits for, who can end that, what is wrong, and what it runs. */
export function whyInWords(about: Explained, lang: Lang): string[] {
  const { id, type, status, version } = about;
  const named = words(type, 'statuses', status, lang);
  return [
    { en: `${id}: ${named} (${status}), version ${version}`, ar: `${id}: ${named} (${status})، النسخة ${version}` }[
      lang
    ],
    waitIn(about, lang),
    ...incidentIn(about, lang),
    ...about.stalls.map(
      ({ text, detail, since, remedy }) =>
        ({
          en: `Stalled since ${since}: ${text.en} (${detail.en}). Remedy: ${remedy.en}`,
          ar: `صامتة منذ ${since}: ${text.ar} (${detail.ar}). العلاج: ${remedy.ar}`,
        })[lang],
    ),
    engineIn(about, lang),
    versionsIn(about, lang),
  ];
}

function effectLines(effects: readonly Effect[], lang: Lang): string[] {
  const rows = effects.map(({ key, what, version, at, undoneBy }) => {
    const stands = { en: 'stands', ar: 'قائم' }[lang];
    const undone = { en: `undone at ${undoneBy}`, ar: `استُرد عند ${undoneBy}` }[lang];
    return [key, what[lang], version, at, undoneBy === undefined ? stands : undone];
  });
  const head = { en: ['effect', 'what', 'version', 'at', 'state'], ar: ['الأثر', 'ما هو', 'النسخة', 'الوقت', 'الحال'] };
  return table(head[lang], rows, lang).map((line) => `  ${line}`);
}

/** The same with its office and everything that it has made outside. */
export function caseInWords(about: Explained, lang: Lang): string[] {
  const { office, effects } = about;
  const stand = standing(effects).length;
  return [
    ...whyInWords(about, lang),
    { en: `Office ${office}. Effects (${stand} stand):`, ar: `المكتب ${office}. الآثار (القائم منها ${stand}):` }[lang],
    ...effectLines(effects, lang),
  ];
}

/** Its incident: cause, times, what to try, and the effects made so far. */
export function incidentInWords(about: Explained, lang: Lang): string[] {
  const { id, type, status, version, incident, effects } = about;
  if (!incident) return [];
  const { step, source, code, kind, since, last, attempts } = incident;
  const named = words(type, 'steps', step, lang);
  return [
    ...{
      en: [
        `${id} (${type}, ${status}, version ${version}), step "${step}" (${named})`,
        `${source} answers ${code} (${kind}).`,
        `First ${since}, last ${last}, ${attempts} times.`,
      ],
      ar: [
        `${id} (${type}، ${status}، النسخة ${version})، خطوة «${named}» (${step})`,
        `${source} يجيب ${code} (${kind}).`,
        `الأول ${since}، الأخير ${last}، عدد المحاولات ${attempts}.`,
      ],
    }[lang],
    ...remedyIn(about, lang),
    versionsIn(about, lang),
    { en: 'Effects made so far:', ar: 'ما نُفِّذ حتى الآن:' }[lang],
    ...effectLines(effects, lang),
  ];
}
