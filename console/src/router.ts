import { useSyncExternalStore } from 'react';
import { draftName, isCallback } from './session';

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

const caseIn = (at: string): string | undefined => /^\/cases\/([^/?]+)/.exec(at)?.[1];

/** Where whoever leaves a case goes back to: the list with its view and filters, and the place in it. */
interface Left {
  readonly queue: string;
  readonly list: string;
  readonly caseId?: string | undefined;
}

const leftIn = (): string => draftName('left');
/** Known after a reload and a sign-in too, as what was typed is. */
const left = (): Left => JSON.parse(sessionStorage.getItem(leftIn()) ?? '{"queue":"/","list":"/"}') as Left;

function leave(from: string, to: string): void {
  const { queue, list, caseId } = left();
  const next: Left = {
    queue: from.startsWith('/?') || from === '/' ? from : queue,
    list: caseIn(from) === undefined ? from : list,
    caseId: caseIn(to) ?? caseId,
  };
  sessionStorage.setItem(leftIn(), JSON.stringify(next));
}

/** The list from which the case was opened. */
export const listBefore = (): string => left().list;
/** What the queue was narrowed to when it was left. */
export const queueBefore = (): URLSearchParams => new URL(left().queue, location.origin).searchParams;
/** The case that was opened last. */
export const caseBefore = (): string | undefined => left().caseId;

export function go(to: string, replace = false): void {
  const from = path();
  // Where signing in comes back to is no place to go back to.
  if (!isCallback()) leave(from, to);
  // The same address again is no way back of its own.
  history[replace || to === from ? 'replaceState' : 'pushState'](null, '', href(to));
  for (const listener of listeners) listener();
  if (!replace) window.scrollTo(0, 0);
}

/** From a case to the list that it was opened from; from elsewhere to the queue as it was left. */
export const goBack = (): void => go(caseIn(path()) === undefined ? left().queue : left().list);

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

/** Changes what the address says, in place; '' or undefined takes it away. */
export function setQueries(changes: Readonly<Record<string, string | undefined>>): void {
  const { parts, query } = place();
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  go(`/${parts.join('/')}${next.size > 0 ? `?${next}` : ''}`, true);
}

export const setQuery = (name: string, value: string | undefined): void => setQueries({ [name]: value });
