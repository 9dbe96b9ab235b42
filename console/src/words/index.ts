import i18next from 'i18next';
import type { Bilingual } from '../api/client';
import { inDigits } from '../format';
import { preferences, usePreferences } from '../preferences';
import { ar } from './ar';
import { en } from './en';
import type { Word } from './shape';

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
