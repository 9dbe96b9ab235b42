import { act, get, Refused, type Case } from '../api/client';
import { onMove } from '../router';
import { beforeSignOut, isSigningIn, session } from '../session';
import { isElsewhere, putDown, seemsElsewhere, takeInHand } from './tabs';

/** A claim of one's own, as the page last saw it. */
interface InHand {
  readonly id: string;
  readonly by: string;
  readonly version: number;
  /** When the lease ends by itself. */
  readonly until: string;
  /** Cases that belong to it: looking at one of them is working on this one. */
  readonly linked: readonly string[];
  /** Given by a supervisor: it is not given back for having been looked at. */
  readonly assigned: boolean;
}

const RENEW_WHEN_LEFT = 20 * 60_000;
/** Whoever has not touched anything for so long is not working on it any more. */
const IDLE_AFTER = 10 * 60_000;
const LOOK_EVERY = 30_000;
const LEFT = 'tajdid.left';

/** Where one goes when one is done with a case; statistics, a search or another case are looked at in between. */
const PLACES_AFTER: ReadonlySet<string> = new Set(['', 'team']);

const hands = new Map<string, InHand>();
let touched = Date.now();

const placeOf = ({ by, id }: InHand): string => `${by}/${id}`;
const parts = (): string[] => location.pathname.replace(/^\/console\/?/, '').split('/');
const isAt = (id: string): boolean => parts()[0] === 'cases' && parts()[1] === id;

/** Keeps what the page saw: the version to act on, and what belongs to the case. */
export function inHand(held: InHand): void {
  hands.set(held.id, held);
  takeInHand(placeOf(held));
}

/** Not one's own any more, or decided. */
export function outOfHand(id: string): void {
  const held = hands.get(id);
  if (!held) return;
  hands.delete(id);
  putDown(placeOf(held));
}

/** On the case as it was last seen; on one that has moved since it is tried once more, if it is still one's own. */
async function onCurrent({ id, version, by }: InHand, action: 'claim' | 'release', keepalive: boolean): Promise<Case> {
  try {
    return await act({ id, version }, action, {}, keepalive);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 412) throw error;
    const now = await get('/v1/cases/{id}', { params: { id } });
    return now.review?.claim?.by === by ? act(now, action, {}, keepalive) : now;
  }
}

/** Gives a case back, unless another tab works on it. */
async function giveBack(held: InHand, keepalive = false): Promise<void> {
  outOfHand(held.id);
  if (held.assigned || (keepalive ? seemsElsewhere(placeOf(held)) : await isElsewhere(placeOf(held)))) return;
  await onCurrent(held, 'release', keepalive).catch(() => undefined);
}

function moved(): void {
  if (!PLACES_AFTER.has(parts()[0] ?? '')) return;
  for (const held of hands.values()) void giveBack(held);
}

function renew(): void {
  const now = Date.now();
  for (const held of hands.values()) {
    const worked = isAt(held.id) || held.linked.some(isAt);
    if (!worked || Date.parse(held.until) - now >= RENEW_WHEN_LEFT || now - touched >= IDLE_AFTER) continue;
    onCurrent(held, 'claim', false).then(
      ({ version, review }) => {
        const until = review?.claim?.by === held.by ? review.claim.until : undefined;
        if (until === undefined) outOfHand(held.id);
        else if (hands.has(held.id)) hands.set(held.id, { ...held, version, until });
      },
      () => undefined,
    );
  }
}

export interface Left {
  readonly id: string;
  readonly by: string;
  readonly at: number;
}

/** What this tab gave back when its page went away; told once. */
export function lastLeft(): Left | null {
  const text = sessionStorage.getItem(LEFT);
  sessionStorage.removeItem(LEFT);
  return JSON.parse(text ?? 'null') as Left | null;
}

onMove(moved);
setInterval(renew, LOOK_EVERY);
for (const name of ['keydown', 'pointerdown', 'pointermove', 'scroll'])
  window.addEventListener(name, () => (touched = Date.now()), { passive: true, capture: true });
window.addEventListener('pagehide', () => {
  if (isSigningIn()) return;
  for (const held of hands.values()) {
    if (isAt(held.id) && !held.assigned)
      sessionStorage.setItem(LEFT, JSON.stringify({ id: held.id, by: held.by, at: Date.now() } satisfies Left));
    void giveBack(held, true);
  }
});
beforeSignOut(() => {
  const { id } = session()?.staff ?? {};
  return Promise.all([...hands.values()].filter(({ by }) => by === id).map((held) => giveBack(held, true)));
});
