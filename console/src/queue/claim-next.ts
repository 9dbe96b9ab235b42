import { act, get, Refused } from '../api/client';
import { typeNamed, type TypeName } from '../case-types';
import { officeNamed } from '../offices';
import { go, queueBefore } from '../router';
import { officeHeldTo } from '../session';
import { whyNot } from '../ui/state';
import { tell } from '../ui/toast';
import { said, t } from '../words';

const AT_ONCE = 20;
const ROUNDS = 3;

/** How a case says that something else happened to it first. */
const CHANGED: ReadonlySet<string> = new Set([
  'claimed-by-another',
  'not-in-this-status',
  'case-closed',
  'on-hold',
  'incident',
]);

interface Claimed {
  /** The case that is now one's own; undefined where none could be claimed. */
  readonly id: string | undefined;
  /** A colleague got one first. */
  readonly raced: boolean;
  /** What was said to the last one that was refused for another reason than a race. */
  readonly why: string | undefined;
}

/**
 * Claims the case with the nearest deadline among those that can be claimed. Races are decided by the case; a lost one, and a case
 * that this very person may not decide, lead to the one after it.
 */
async function claimNext(scope: Readonly<Record<string, string>>): Promise<Claimed> {
  let raced = false;
  let why: string | undefined;
  const refused = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const { items } = await get('/v1/work-queue', {
      query: { view: 'claimable', limit: String(AT_ONCE + refused.size), ...scope },
    });
    const left = items.filter(({ id }) => !refused.has(id));
    if (left.length === 0) break;
    for (const item of left) {
      try {
        await act(item, 'claim');
        return { id: item.id, raced, why };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.status === 412 || CHANGED.has(error.code)) raced = true;
        else if ((error.status === 403 || error.status === 409) && error.problem) {
          why = said(error.problem.details ?? error.problem.titles);
          refused.add(item.id);
        } else throw error;
      }
    }
  }
  return { id: undefined, raced, why };
}

/** Whoever belongs to an office sees its work; central staff and the committee choose. */
export function scopeIn(query: URLSearchParams): { readonly type?: TypeName; readonly office?: string } {
  const type = typeNamed(query.get('type'));
  const office = officeHeldTo() === undefined ? officeNamed(query.get('office')) : undefined;
  return { ...(type ? { type } : {}), ...(office ? { office } : {}) };
}

let under: Promise<void> | undefined;

/**
 * Claims the next case and opens it, or says why there is none. One at a time.
 * @param query the queue's, with what it is narrowed to; by default as it was left
 */
export const takeNext = (query = queueBefore()): Promise<void> =>
  (under ??= take(scopeIn(query)).finally(() => (under = undefined)));

async function take(scope: Readonly<Record<string, string>>): Promise<void> {
  try {
    const { id, raced, why } = await claimNext(scope);
    if (id === undefined) return tell(why ?? t(raced ? 'queue.allRaced' : 'queue.noneLeft'));
    go(`/cases/${id}`);
    if (raced) tell(t('queue.raced'));
  } catch (error) {
    tell(whyNot(error, t('act.offline')));
  }
}
