import type { Response } from 'express';
import type { Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';

const HEARTBEAT = 15_000;
/** Milliseconds; no timer takes longer ones. */
const LONGEST = 2 ** 31 - 1;

export const startEvents = (res: Response): void =>
  res
    .status(200)
    .set({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    .flushHeaders();

/**
 * Keeps a stream of events open until its reader leaves, the API stops, or what the provider vouched for is over: whoever still may
 * hear it comes back with another token. Answers with what ends it; `onEnd` is told once.
 */
export function keptOpen(
  res: Response,
  { until }: Caller,
  { stopping, now = Date.now }: Pick<ApiDeps, 'stopping' | 'now'>,
  onEnd: () => void,
): () => void {
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    clearTimeout(over);
    stopping?.removeEventListener('abort', end);
    onEnd();
    res.end();
  };
  const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT);
  const over = setTimeout(end, Math.min(Math.max(until - now(), 0), LONGEST));
  res.on('close', end);
  stopping?.addEventListener('abort', end);
  if (res.closed || stopping?.aborted) end();
  return end;
}
