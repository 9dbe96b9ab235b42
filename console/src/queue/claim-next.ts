import { act, get, Refused } from '../api/client';
import type { TypeName } from '../case-types';

const AT_ONCE = 20;
const ROUNDS = 3;

/** Somebody else got it, or it has moved on: the next one is as good. */
const lost = (error: unknown): boolean =>
  error instanceof Refused && (error.status === 409 || error.status === 412 || error.status === 403);

/** Claims the unclaimed case with the nearest deadline; races are decided by the case, and lost ones lead to the one after it. */
export async function claimNext(type: TypeName | undefined, onRace: () => void): Promise<string | undefined> {
  for (let round = 0; round < ROUNDS; round++) {
    const { items } = await get('/v1/work-queue', {
      query: { view: 'unclaimed', limit: String(AT_ONCE), ...(type ? { type } : {}) },
    });
    const claimable = items.filter(
      ({ status, waitingFor }) =>
        status === 'IN_REVIEW' && (waitingFor?.who === 'caseworker' || waitingFor?.who === 'supervisor'),
    );
    if (claimable.length === 0) return undefined;
    for (const item of claimable) {
      try {
        await act(item, 'claim');
        return item.id;
      } catch (error) {
        if (!lost(error)) throw error;
        onRace();
      }
    }
  }
  return undefined;
}
