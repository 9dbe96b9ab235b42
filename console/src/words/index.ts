import i18next from 'i18next';
import type { Bilingual } from '../api/client';
import { inDigits } from '../format';
import { preferences, usePreferences } from '../preferences';
import { ar } from './ar';
import { en } from './en';

/** The same words in each language: a word that is missing in one of them does not compile. */
type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> } & {
  /** Where a language counts in more ways than English: Arabic has forms of its own for one, for two, for three to ten, and from eleven on. */
  readonly [Plural in `${string}_${'one' | 'two' | 'few' | 'many'}`]?: string;
};
export type Words = Same<typeof en>;

type Path<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}` }[keyof T & string];
export type Word = Path<Words>;

void i18next.init({
  lng: preferences().language,
  fallbackLng: 'en',
  resources: { ar: { translation: ar }, en: { translation: en } },
  interpolation: { escapeValue: false },
});

export function t(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  const { language } = preferences();
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, name === 'count' ? value : String(value)]),
  );
  const text = i18next.t(word, { ...shown, lng: language });
  // Arabic digits have a decimal sign of their own.
  return typeof values['count'] === 'number' ? inDigits(text).replace(/(?<=[٠-٩])\.(?=[٠-٩])/g, '٫') : text;
}

/** A word for a code, where there is one; a code without any stands for itself. */
export function named(
  group:
    | 'offices'
    | 'channels'
    | 'roles'
    | 'act.fields'
    | 'case.reasons'
    | 'stats.beneficiaries'
    | 'measures'
    | 'reviewWhy'
    | 'act'
    | 'decisions'
    | 'family.roles'
    | 'family.events'
    | 'family.states'
    | 'family.rules'
    | 'ops.sources'
    | 'ops.codes'
    | 'ops.kinds'
    | 'ops.effectKinds'
    | 'ops.states'
    | 'ops.retry.acts'
    | 'ops.versions.states'
    | 'ops.versions.behaviours'
    | 'ops.why.runStates'
    | 'ops.audit.what'
    | 'ops.audit.verdicts'
    | 'ops.doctor.states'
    | 'ops.acts.what'
    | 'ops.acts.details',
  code: string,
): string {
  const key = `${group}.${code}`;
  return i18next.exists(key, { lng: preferences().language }) ? t(key as Word) : code;
}

export const said = (text: Bilingual): string => text[preferences().language];

/** The words, and the view again whenever the language, the digits or the calendar change. */
export function useWords(): { readonly t: typeof t; readonly said: typeof said } {
  usePreferences();
  return { t, said };
}
