import { useEffect, useRef, useState } from 'react';
import { get, type Bilingual, type Case, type CaseEvent, type Evidence, type FamilyEvidence } from '../api/client';
import { onReconnect } from '../api/events';
import { useLoad, useStream, type Loaded } from '../api/hooks';

export interface CaseSeen {
  readonly view: Case;
  readonly events: readonly CaseEvent[];
}

/** Somebody who has the case open. */
export interface Viewer {
  readonly id: string;
  readonly name?: Bilingual;
}

const PAGE = 200;
const REREAD_EVERY = 10 * 60_000;

async function allEvents(id: string, signal: AbortSignal): Promise<CaseEvent[]> {
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

/** A case with its events, as it changes; read again whenever somebody does something to it. */
export function useCase(id: string): {
  readonly seen: Loaded<CaseSeen>;
  readonly evidence: Loaded<Evidence>;
  readonly family: Loaded<FamilyEvidence | undefined>;
  readonly live: boolean;
  readonly viewers: readonly Viewer[];
} {
  const seen = useLoad(`case/${id}`, async (signal) => {
    const [view, events] = await Promise.all([
      get('/v1/cases/{id}', { params: { id }, signal }),
      allEvents(id, signal),
    ]);
    return { view, events };
  });
  // Only what can change the evidence reads it again: another photo, or another person's data.
  const photos =
    seen.data?.events.filter(
      ({ type }) => type === 'ApplicationResubmitted' || type === 'PhotoJudged' || type === 'CandidatesFound',
    ).length ?? 0;
  const evidence = useLoad(`evidence/${id}/${seen.data === undefined ? '' : photos}`, (signal) =>
    get('/v1/cases/{id}/evidence', { params: { id }, signal }),
  );
  const isFamily = seen.data?.view.links.family !== undefined;
  const family = useLoad(`family/${id}/${isFamily ? (seen.data?.view.version ?? 0) : ''}`, (signal) =>
    isFamily ? get('/v1/cases/{id}/family', { params: { id }, signal }) : Promise.resolve(undefined),
  );
  const [viewers, setViewers] = useState<readonly Viewer[]>([]);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const known = useRef(0);
  known.current = seen.data?.view.version ?? 0;
  const live = useStream(`/v1/cases/${id}/stream`, ({ id: version, event, data }) => {
    if (event === 'viewers') return setViewers((JSON.parse(data) as { viewers: Viewer[] }).viewers);
    if (event !== 'closed' && Number(version ?? 0) <= known.current) return;
    clearTimeout(settling.current);
    settling.current = setTimeout(seen.reload, 60);
  });
  // The clock goes on while nothing happens, and what happened while nothing could be heard is not known.
  useEffect(() => {
    const timer = setInterval(seen.reload, REREAD_EVERY);
    const off = onReconnect(seen.reload);
    return () => {
      clearInterval(timer);
      off();
    };
  }, [seen.reload]);
  return { seen, evidence, family, live, viewers };
}
