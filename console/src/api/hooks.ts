import { useCallback, useEffect, useRef, useState } from 'react';
import { draftName } from '../session';
import { Unreachable } from './client';
import { listen, onReconnect, type Heard } from './events';
import { useOnline } from './online';
import { paced } from './pace';

export interface Loaded<T> {
  readonly data: T | undefined;
  /** Why the latest reading failed; what was read before is still there. */
  readonly error: unknown;
  readonly loading: boolean;
  reload(): void;
  set(data: T): void;
}

const TRY_AGAIN_AFTER = 5_000;

/**
 * Reads what `key` stands for, again for another key and on `reload`; a newer reading overtakes an older one. What could not be
 * reached is read again when the connection is back, and every few seconds until then.
 * @param version of the same thing: another one is read again, and what was read before stays until then
 */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>, version?: number): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | undefined; error: unknown; loading: boolean }>({
    key,
    data: undefined,
    error: undefined,
    loading: true,
  });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const abort = new AbortController();
    setState((before) =>
      before.key === key ? { ...before, loading: true } : { key, data: undefined, error: undefined, loading: true },
    );
    latest.current(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setState({ key, data, error: undefined, loading: false });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setState((before) => ({ ...before, key, error, loading: false }));
      },
    );
    return () => abort.abort();
  }, [key, turn, version]);

  const reload = useCallback(() => setTurn((count) => count + 1), []);
  // What could not be read is read again by itself as soon as there is a connection.
  const failed = state.key === key && state.error !== undefined;
  useEffect(() => (failed ? onReconnect(reload) : undefined), [failed, reload]);
  const set = useCallback((data: T) => setState({ key, data, error: undefined, loading: false }), [key]);
  const cut = state.error instanceof Unreachable && !state.loading;
  useEffect(() => {
    if (!cut) return;
    const timer = setTimeout(reload, TRY_AGAIN_AFTER);
    return () => clearTimeout(timer);
  }, [cut, reload]);
  return state.key === key
    ? { data: state.data, error: state.error, loading: state.loading, reload, set }
    : { data: undefined, error: undefined, loading: true, reload, set };
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** How far each list was read, so that whoever comes back finds as much of it. */
const depths = new Map<string, number>();
/** A page may come without anything in it and still not be the last. */
const MOST_EMPTY = 20;

/** A list read page after page, each time as far as it was asked for; a case that moves between two readings is in it once. */
export function usePages<T extends { readonly id: string }>(
  key: string,
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
): Loaded<Page<T>> & { more(): void } {
  const loaded = useLoad<Page<T>>(key, async (signal) => {
    const items = new Map<string, T>();
    let next: string | null = null;
    for (let full = 0, empty = 0; full < (depths.get(key) ?? 1) && empty < MOST_EMPTY;) {
      const page: Page<T> = await read(next ?? undefined, signal);
      for (const each of page.items) items.set(each.id, each);
      next = page.next;
      if (next === null) break;
      if (page.items.length > 0) full += 1;
      else empty += 1;
    }
    return { items: [...items.values()], next };
  });
  const { reload } = loaded;
  const more = useCallback(() => {
    depths.set(key, (depths.get(key) ?? 1) + 1);
    reload();
  }, [key, reload]);
  return { ...loaded, more };
}

/** `opening` until it is known whether anything is heard. */
export type Hearing = 'opening' | 'live' | 'lost';

/** Hears a stream as long as the view stands. */
export function useHearing(path: string | undefined, onEvent: (heard: Heard) => void, after?: string): Hearing {
  const [hearing, setHearing] = useState<Hearing>('opening');
  const online = useOnline();
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    setHearing('opening');
    void listen(path, {
      signal: abort.signal,
      ...(after === undefined ? {} : { after }),
      onEvent: (heard) => latest.current(heard),
      onState: (live) => setHearing(live ? 'live' : 'lost'),
    });
    return () => abort.abort();
    // `after` only says where a stream begins: it is heard from there on by itself.
  }, [path]);
  // A stream goes silent without a connection, and nobody notices until it has been silent for long.
  return online ? hearing : 'lost';
}

/** False once it is known that nothing is heard; while it opens nobody is told of an outage. */
export const useStream = (path: string | undefined, onEvent: (heard: Heard) => void, after?: string): boolean =>
  useHearing(path, onEvent, after) !== 'lost';

/**
 * Calls `read` when cases change, at the pace of `paced`, and when hearing begins again, for what changed meanwhile.
 * @param reading whether the reading before is still under way: it is waited for, and not begun anew
 */
export function useChanges(read: () => void, reading = false): Hearing {
  const latest = useRef({ read, reading });
  latest.current = { read, reading };
  const [pace] = useState(() =>
    paced(
      () => latest.current.read(),
      () => latest.current.reading,
    ),
  );
  const hearing = useHearing('/v1/work-queue/stream', pace.changed);
  useEffect(() => pace.stop, [pace]);
  const missed = useRef(false);
  useEffect(() => {
    if (hearing === 'live' && missed.current) latest.current.read();
    missed.current = hearing === 'lost';
  }, [hearing]);
  return hearing;
}

export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/**
 * Something filled in that must outlive a lost connection, a reload and signing in again; gone with the tab and with signing out,
 * and never read by anybody else.
 */
export function useKept<T>(key: string, first: T): [T, (next: T) => void] {
  const name = draftName(key);
  const [value, setValue] = useState<T>(() => {
    const text = sessionStorage.getItem(name);
    return text === null ? first : (JSON.parse(text) as T);
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      const text = JSON.stringify(next);
      if (text === JSON.stringify(first)) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, text);
    },
    [name],
  );
  return [value, keep];
}

export const useDraft = (key: string): [string, (text: string) => void] => useKept(key, '');

/** What was held for a moment: typing does not ask at each letter. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [JSON.stringify(value), ms]);
  return settled;
}
