import { useEffect, useRef, useState } from 'react';
import { get, type Bilingual, type CaseEvent } from '../api/client';
import { onReconnect } from '../api/events';
import { useStream, type Loaded } from '../api/hooks';
import { paced } from '../api/pace';

/** Somebody who has the case open. */
export interface Viewer {
  readonly id: string;
  readonly name?: Bilingual;
}

const PAGE = 200;
const REREAD_EVERY = 10 * 60_000;
/** Milliseconds: whoever is at a case sees at once what is done to it. */
const PACE = { first: 60, longest: 2_000 };

const NOBODY: readonly Viewer[] = [];

/** Every event of a case. */
export async function eventsOf(id: string, signal: AbortSignal): Promise<readonly CaseEvent[]> {
  const events: CaseEvent[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: { items: CaseEvent[]; next: number | null } = await get('/v1/cases/{id}/events', {
      params: { id },
      query: { after: String(after), limit: String(PAGE) },
      signal,
    });
    events.push(...page.items);
    after = page.next;
  }
  return events;
}

/** Hears of a case, and reads it again when more has happened than what was read tells; and who looks at it. */
export function useCaseStream(
  id: string,
  {
    data,
    loading,
    reload,
  }: Pick<Loaded<{ readonly view: { readonly version: number } }>, 'data' | 'loading' | 'reload'>,
): { readonly live: boolean; readonly viewers: readonly Viewer[] } {
  const [viewers, setViewers] = useState<readonly Viewer[]>([]);
  const latest = useRef({ known: 0, loading });
  latest.current = { known: data?.view.version ?? 0, loading };
  const [pace] = useState(() => paced(reload, () => latest.current.loading, PACE));
  const live = useStream(`/v1/cases/${id}/stream`, ({ id: version, event, data: told }) => {
    if (event === 'viewers') setViewers((JSON.parse(told) as { viewers: Viewer[] }).viewers);
    else if (event === 'closed' || Number(version ?? 0) > latest.current.known) pace.changed();
  });
  // The clock goes on while nothing happens, and what happened while nothing could be heard is not known.
  useEffect(() => {
    const timer = setInterval(reload, REREAD_EVERY);
    const off = onReconnect(reload);
    return () => {
      clearInterval(timer);
      off();
      pace.stop();
    };
  }, [reload, pace]);
  // Who is still there is not known while nothing is heard.
  return { live, viewers: live ? viewers : NOBODY };
}
