import { useCallback, useEffect, useRef } from 'react';
import { act, type Case, type CaseEvent } from '../api/client';
import { inHand, lastLeft, outOfHand, type Left } from './desk';

/** A page that comes back so soon was loaded again, and not left. */
const SOON = 15_000;

const GIVEN: ReadonlySet<string> = new Set(['CaseClaimed', 'CaseReassigned']);

/** Whether whoever has it was given it by a supervisor, and did not take it. */
const wasAssigned = (events: readonly CaseEvent[]): boolean =>
  events.findLast(({ type }) => GIVEN.has(type))?.type === 'CaseReassigned';

/**
 * A claim of one's own stays in hand while one is at the case or at what belongs to it. Loading the page again gives it back and
 * takes it again; what was given back may arrive only after the page is here again, so each change of the case is looked at until
 * the claim is back or was never lost.
 */
export function useLease(
  view: Case | undefined,
  events: readonly CaseEvent[],
  linked: readonly string[],
  me: string | undefined,
  onClaimed: () => void,
): { forget(): void } {
  const left = useRef<Left | null>(undefined);
  const asking = useRef(false);
  const claim = view?.review?.claim;

  useEffect(() => {
    if (!view || me === undefined) return;
    const { id, version } = view;
    if (claim?.by === me) inHand({ id, by: me, version, until: claim.until, linked, assigned: wasAssigned(events) });
    else outOfHand(id);
  }, [view?.id, view?.version, claim?.by, claim?.until, me, linked.join()]);

  useEffect(() => {
    if (!view) return;
    if (left.current === undefined) left.current = lastLeft();
    const { current } = left;
    if (!current || asking.current) return;
    if (current.id !== view.id || current.by !== me || Date.now() - current.at > SOON) left.current = null;
    else if (!claim && view.allowedActions.some(({ action }) => action === 'claim')) {
      asking.current = true;
      const asked = (done: boolean) => (): void => {
        asking.current = false;
        if (done) left.current = null;
        onClaimed();
      };
      act(view, 'claim').then(asked(true), asked(false));
    }
  }, [view?.id, view?.version]);

  return {
    /** Given back by hand: that was meant. */
    forget: useCallback(() => {
      left.current = null;
    }, []),
  };
}
