import { useCallback, useEffect, useRef, useState } from 'react';
import { act, get, type Bilingual, type Case, type CaseEvent, type Evidence } from '../api/client';
import type { Family } from './family';
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
  readonly family: Loaded<Family | undefined>;
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
  return { seen, evidence, family, live, viewers };
}

const RENEW_WHEN_LEFT = 20 * 60_000;
/** Whoever has not touched anything for so long is not working on it any more. */
const IDLE_AFTER = 10 * 60_000;

/** While the page is open and somebody is at it, a claim of one's own is renewed; when the page is left it is given back. */
export function useLease(view: Case | undefined, me: string | undefined, onRenewed: () => void): { keep(): void } {
  const mine = view?.review?.claim && view.review.claim.by === me ? view.review.claim : undefined;
  const latest = useRef<Case | undefined>(view);
  latest.current = mine ? view : undefined;
  const touched = useRef(Date.now());
  const kept = useRef(false);

  useEffect(() => {
    const touch = (): void => {
      touched.current = Date.now();
    };
    for (const name of ['keydown', 'pointerdown', 'pointermove', 'scroll'] as const)
      window.addEventListener(name, touch, { passive: true, capture: true });
    return () => {
      for (const name of ['keydown', 'pointerdown', 'pointermove', 'scroll'] as const)
        window.removeEventListener(name, touch, { capture: true });
    };
  }, []);

  useEffect(() => {
    if (!mine) return;
    const check = (): void => {
      const now = Date.now();
      const { current } = latest;
      if (current && Date.parse(mine.until) - now < RENEW_WHEN_LEFT && now - touched.current < IDLE_AFTER)
        act(current, 'claim').then(onRenewed, onRenewed);
    };
    const timer = setInterval(check, 30_000);
    return () => clearInterval(timer);
  }, [mine?.until, mine === undefined]);

  useEffect(() => {
    const release = (): void => {
      const { current } = latest;
      if (current && !kept.current) void act(current, 'release', {}, true).catch(() => undefined);
      latest.current = undefined;
    };
    window.addEventListener('pagehide', release);
    return () => {
      window.removeEventListener('pagehide', release);
      release();
    };
  }, []);

  return {
    /** Leaving does not give it back: something was done that ends the claim by itself. */
    keep: useCallback(() => {
      kept.current = true;
    }, []),
  };
}
