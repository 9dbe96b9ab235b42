import { useCallback, useEffect, useRef, useState } from 'react';
import { draftName } from '../session';
import { listen, onReconnect, type Heard } from './events';

export interface Loaded<T> {
  readonly data: T | undefined;
  /** Why the latest reading failed; what was read before is still there. */
  readonly error: unknown;
  readonly loading: boolean;
  reload(): void;
  set(data: T): void;
}

/** Reads what `key` stands for, again for another key and on `reload`; a newer reading overtakes an older one. */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
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
  }, [key, turn]);

  const reload = useCallback(() => setTurn((count) => count + 1), []);
  // What could not be read is read again by itself as soon as there is a connection.
  const failed = state.key === key && state.error !== undefined;
  useEffect(() => (failed ? onReconnect(reload) : undefined), [failed, reload]);
  const set = useCallback((data: T) => setState({ key, data, error: undefined, loading: false }), [key]);
  return state.key === key
    ? { data: state.data, error: state.error, loading: state.loading, reload, set }
    : { data: undefined, error: undefined, loading: true, reload, set };
}

/** Hears a stream as long as the view stands; true while connected. */
export function useStream(path: string | undefined, onEvent: (heard: Heard) => void, after?: string): boolean {
  const [live, setLive] = useState(false);
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    void listen(path, {
      signal: abort.signal,
      ...(after === undefined ? {} : { after }),
      onEvent: (heard) => latest.current(heard),
      onState: setLive,
    });
    return () => {
      abort.abort();
      setLive(false);
    };
    // `after` only says where a stream begins: it is heard from there on by itself.
  }, [path]);
  return live;
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
