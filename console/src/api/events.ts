import { send, Refused } from './client';

export interface Heard {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** Three of the server's heartbeats: a connection that was silent for so long is gone, whatever the browser thinks of it. */
const SILENCE = 45_000;
/** A browser has few connections for all the tabs of a server: one that nobody has looked at for so long needs none. */
const UNSEEN = 60_000;

const reconnected = new Set<() => void>();
/** Hears when there is a connection again: the browser says so, or a stream that had broken off is heard again. */
export function onReconnect(listener: () => void): () => void {
  reconnected.add(listener);
  return () => reconnected.delete(listener);
}
const tellReconnected = (): void => {
  for (const listener of reconnected) listener();
};
window.addEventListener('online', tellReconnected);

function parse(block: string): Heard | undefined {
  const fields = block.split('\n').filter((line) => !line.startsWith(':'));
  const of = (name: string): string | undefined =>
    fields.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const data = of('data');
  return data === undefined ? undefined : { event: of('event') ?? 'message', data, id: of('id') };
}

/** A connection that comes back is not waited for any longer. */
const pauseOrOnline = (ms: number): Promise<void> =>
  new Promise((wake) => {
    const end = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      wake();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
  });

/** Until somebody looks at the page, or `signal` ends it. */
const lookedAt = (signal: AbortSignal): Promise<void> =>
  new Promise((go) => {
    const look = (): void => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', look);
      go();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });

/** A connection that ends with `signal`, when nothing was heard on it for too long, or nobody has looked at the page for a while. */
function watched(signal: AbortSignal): { readonly signal: AbortSignal; heard(): void; end(): void } {
  const connection = new AbortController();
  const end = (): void => connection.abort();
  let silent = setTimeout(end, SILENCE);
  let unseen: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(unseen);
    if (document.hidden) unseen = setTimeout(end, UNSEEN);
  };
  look();
  document.addEventListener('visibilitychange', look);
  signal.addEventListener('abort', end);
  return {
    signal: connection.signal,
    heard() {
      clearTimeout(silent);
      silent = setTimeout(end, SILENCE);
    },
    end() {
      clearTimeout(silent);
      clearTimeout(unseen);
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', end);
    },
  };
}

/**
 * Server-sent events with a token, which EventSource cannot send, opened while somebody looks at the page. Comes back by itself after
 * a break, after the last event it got; `onState` says whether it hears. Ends with the signal, or when the server says that there is
 * nothing more.
 */
export async function listen(
  path: string,
  {
    signal,
    after,
    onEvent,
    onState,
  }: { signal: AbortSignal; after?: string; onEvent: (heard: Heard) => void; onState: (live: boolean) => void },
): Promise<void> {
  let last = after;
  let pause = FIRST_PAUSE;
  let broken = false;
  while (!signal.aborted) {
    if (document.hidden) {
      broken = true;
      onState(false);
      await lookedAt(signal);
      continue;
    }
    const connection = watched(signal);
    try {
      const response = await send(path, {
        signal: connection.signal,
        headers: { accept: 'text/event-stream', ...(last === undefined ? {} : { 'last-event-id': last }) },
      });
      if (response.status === 204 || !response.body) return;
      onState(true);
      if (broken) tellReconnected();
      broken = false;
      pause = FIRST_PAUSE;
      let over = false;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        connection.heard();
        text += value;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const heard of blocks.map(parse)) {
          if (!heard) continue;
          last = heard.id ?? last;
          over ||= heard.event === 'closed';
          onEvent(heard);
        }
      }
      // Nothing was lost: there is nothing more to be heard.
      if (over) return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused && error.status < 500 && error.status !== 429) return;
    } finally {
      connection.end();
    }
    broken = true;
    onState(false);
    await pauseOrOnline(pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
}
