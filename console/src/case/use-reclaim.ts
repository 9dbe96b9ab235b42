import { useEffect, useRef } from 'react';
import { act, type Case } from '../api/client';

const KEY = 'tajdid.left';
/** A page that comes back so soon was loaded again, and not left. */
const SOON = 15_000;

/** Loading the page again gives a claim back and takes it again: whoever reloads goes on working. */
export function useReclaim(view: Case | undefined, me: string | undefined, onClaimed: () => void): void {
  const tried = useRef(false);
  const mine = useRef(false);
  mine.current = view?.review?.claim !== undefined && view.review.claim.by === me;

  useEffect(() => {
    if (!view || tried.current) return;
    tried.current = true;
    const left = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as { id: string; at: number } | null;
    sessionStorage.removeItem(KEY);
    if (left?.id !== view.id || Date.now() - left.at > SOON || view.review?.claim) return;
    if (view.allowedActions.some(({ action }) => action === 'claim')) act(view, 'claim').then(onClaimed, onClaimed);
  }, [view === undefined]);

  useEffect(() => {
    const leave = (): void => {
      if (mine.current && view) sessionStorage.setItem(KEY, JSON.stringify({ id: view.id, at: Date.now() }));
    };
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [view?.id]);
}
