import { useCallback, useEffect, useRef } from 'react';
import { act, type Case } from '../api/client';

const KEY = 'tajdid.left';
/** A page that comes back so soon was loaded again, and not left. */
const SOON = 15_000;

interface Left {
  readonly id: string;
  readonly at: number;
}

/**
 * Loading the page again gives a claim back and takes it again: whoever reloads goes on working. What was given back may arrive
 * only after the page is here again, so each change of the case is looked at until the claim is back or was never lost.
 */
export function useReclaim(view: Case | undefined, me: string | undefined, onClaimed: () => void): { forget(): void } {
  const left = useRef<Left | null>(undefined);
  const asking = useRef(false);
  const mine = useRef(false);
  mine.current = view?.review?.claim !== undefined && view.review.claim.by === me;

  useEffect(() => {
    if (!view) return;
    if (left.current === undefined) {
      left.current = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Left | null;
      sessionStorage.removeItem(KEY);
    }
    const { current } = left;
    if (!current || asking.current) return;
    if (current.id !== view.id || Date.now() - current.at > SOON) left.current = null;
    else if (!view.review?.claim && view.allowedActions.some(({ action }) => action === 'claim')) {
      asking.current = true;
      const asked = (done: boolean) => (): void => {
        asking.current = false;
        if (done) left.current = null;
        onClaimed();
      };
      act(view, 'claim').then(asked(true), asked(false));
    }
  }, [view?.id, view?.version]);

  useEffect(() => {
    const leave = (): void => {
      if (mine.current && view) sessionStorage.setItem(KEY, JSON.stringify({ id: view.id, at: Date.now() }));
    };
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [view?.id]);

  return {
    /** Given back by hand: that was meant. */
    forget: useCallback(() => {
      left.current = null;
    }, []),
  };
}
