import { useSyncExternalStore } from 'react';

export type Language = 'ar' | 'en';

export interface Preferences {
  readonly language: Language;
  readonly scheme: 'system' | 'light' | 'dark';
  readonly digits: 'arab' | 'latn';
  readonly calendar: 'islamic-umalqura' | 'gregory';
  /** Keys of a single letter or digit: who speaks to the machine, or whose hand trembles, may have them off (WCAG 2.1.4). */
  readonly letterKeys: 'on' | 'off';
}

const KEY = 'tajdid.preferences';
const first: Preferences = {
  language: 'ar',
  scheme: 'system',
  digits: 'arab',
  calendar: 'islamic-umalqura',
  letterKeys: 'on',
};

function kept(): Preferences {
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return first;
  }
}

let current = kept();
const listeners = new Set<() => void>();

/** The page itself carries language, direction and scheme: styles and screen readers go by it. */
function show({ language, scheme }: Preferences): void {
  const page = document.documentElement;
  page.lang = language;
  page.dir = language === 'ar' ? 'rtl' : 'ltr';
  if (scheme === 'system') delete page.dataset['scheme'];
  else page.dataset['scheme'] = scheme;
}
show(current);

export const preferences = (): Preferences => current;

function take(next: Preferences): void {
  current = next;
  show(current);
  for (const listener of listeners) listener();
}

export function prefer(change: Partial<Preferences>): void {
  // Another language brings the digits that go with it; whoever wants others chooses them after.
  const digits = change.language && { digits: change.language === 'ar' ? ('arab' as const) : ('latn' as const) };
  const next = { ...kept(), ...digits, ...change };
  localStorage.setItem(KEY, JSON.stringify(next));
  take(next);
}

// What is chosen in one tab holds in all.
window.addEventListener('storage', ({ key }) => {
  if (key === KEY) take(kept());
});

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences);
