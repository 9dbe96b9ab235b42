import { useSyncExternalStore } from 'react';

const BASE = '/console';
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

/** Hears of every change of place, whoever brought it about. */
export const onMove: (listener: () => void) => () => void = subscribe;

const path = (): string => location.pathname.slice(BASE.length) + location.search || '/';

export const href = (to: string): string => BASE + to;

export function go(to: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', href(to));
  for (const listener of listeners) listener();
  if (!replace) window.scrollTo(0, 0);
}

export interface Place {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

let seen = { text: '', place: { parts: [], query: new URLSearchParams() } as Place };
function place(): Place {
  const text = path();
  if (text !== seen.text) {
    const url = new URL(text, location.origin);
    seen = { text, place: { parts: url.pathname.split('/').filter(Boolean), query: url.searchParams } };
  }
  return seen.place;
}

export const usePlace = (): Place => useSyncExternalStore(subscribe, place);

/** Changes one thing that the address says, in place. */
export function setQuery(name: string, value: string | undefined): void {
  const { parts, query } = place();
  const next = new URLSearchParams(query);
  if (value === undefined || value === '') next.delete(name);
  else next.set(name, value);
  go(`/${parts.join('/')}${next.size > 0 ? `?${next}` : ''}`, true);
}
