import i18next from 'i18next';
import type { Bilingual } from '../api/client';
import { asChosen } from '../format';
import { preferences, usePreferences } from '../preferences';
import { ar } from './ar';
import { en } from './en';
import type { Word } from './shape';

void i18next.init({
  lng: preferences().language,
  fallbackLng: 'en',
  resources: { ar: { translation: ar }, en: { translation: en } },
});

/** Numbers come in the digits that were chosen; what is a string already stands as it is: it may be an id. */
export function t(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  const text = i18next.t(word, { ...values, lng: preferences().language, skipInterpolation: true });
  return asChosen(text).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? asChosen(String(value)) : value;
  });
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

/** As it was written, in the language that was chosen: what is sent to somebody, and what a file holds. */
export const asWritten = (text: Bilingual): string => text[preferences().language];

export const said = (text: Bilingual): string => asChosen(asWritten(text));

/** The words, and the view again whenever the language, the digits or the calendar change. */
export function useWords(): { readonly t: typeof t; readonly said: typeof said } {
  usePreferences();
  return { t, said };
}
