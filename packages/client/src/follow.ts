import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'openapi-fetch';
import type { components, paths } from './api';
import { streamEvents } from './events';
import { answer, problemFrom, TajdidProblem, TokenProblem } from './problem';

export type Case = components['schemas']['Case'];
export type CaseEvent = components['schemas']['CaseEvent'];

export interface Follow {
  /** The version that was seen last; 0, the default, for all from the first. */
  readonly after?: number;
  readonly signal?: AbortSignal;
  /** `stream` (server-sent events, the default), or `poll` where something in between keeps no connection open. */
  readonly by?: 'stream' | 'poll';
  /** Milliseconds between polls, and before a lost stream is opened again; 1,000 by default. */
  readonly everyMs?: number;
}

interface Place {
  after: number;
  closed: boolean;
}

const LIMIT = '200';

/** What comes of one stream, until it ends or breaks. */
async function* streamed(
  api: Client<paths>,
  id: string,
  place: Place,
  signal: AbortSignal | undefined,
): AsyncGenerator<CaseEvent> {
  const { error, response } = await api.GET('/v1/cases/{id}/stream', {
    params: { path: { id } },
    headers: { 'last-event-id': String(place.after) },
    parseAs: 'stream',
    ...(signal ? { signal } : {}),
  });
  if (response.status === 204) {
    place.closed = true;
    return;
  }
  if (!response.ok || !response.body) throw problemFrom(response, error);
  for await (const { event, data } of streamEvents(response.body)) {
    if (event === 'closed') place.closed = true;
    if (event !== 'case-event') continue;
    const caseEvent = JSON.parse(data) as CaseEvent;
    place.after = caseEvent.version;
    yield caseEvent;
  }
}

/** What there is now, page by page. */
async function* polled(
  api: Client<paths>,
  id: string,
  place: Place,
  signal: AbortSignal | undefined,
): AsyncGenerator<CaseEvent> {
  const init = signal ? { signal } : {};
  // Looked at before its events: what comes in between is read with the next poll, not lost.
  const { data: view } = await answer(api.GET('/v1/cases/{id}', { params: { path: { id } }, ...init }));
  let more = true;
  while (more) {
    const { data: page } = await answer(
      api.GET('/v1/cases/{id}/events', {
        params: { path: { id }, query: { after: String(place.after), limit: LIMIT } },
        ...init,
      }),
    );
    for (const event of page.items) {
      place.after = event.version;
      yield event;
    }
    more = page.next !== null;
  }
  place.closed = view.closedAt !== undefined;
}

const isAnswer = (error: unknown): error is TajdidProblem | TokenProblem =>
  error instanceof TajdidProblem || error instanceof TokenProblem;

/** A connection that is lost is a TypeError of `fetch`. */
const passing = (error: unknown): boolean => (isAnswer(error) ? error.retryable : error instanceof TypeError);

/**
 * Every event of a case in order, each once, until the case is closed. A connection that is lost is made again, and goes on after
 * the last event that came; what a retry cannot mend is thrown.
 */
export async function* followCase(
  api: Client<paths>,
  id: string,
  { after = 0, signal, by = 'stream', everyMs = 1_000 }: Follow = {},
): AsyncGenerator<CaseEvent> {
  const place: Place = { after, closed: false };
  const look = by === 'stream' ? streamed : polled;
  for (;;) {
    let wait = everyMs;
    try {
      yield* look(api, id, place, signal);
    } catch (error) {
      if (signal?.aborted || !passing(error)) throw error;
      if (isAnswer(error)) wait = error.retryAfterMs ?? everyMs;
    }
    if (place.closed) return;
    await pause(wait, undefined, signal ? { signal } : {});
  }
}
