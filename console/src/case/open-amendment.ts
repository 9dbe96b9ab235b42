import { get } from '../api/client';
import { session } from '../session';
import { AMENDMENT } from './amend-form';

/** The rule that refuses an amendment while another one of the same entry is open. */
export const ONE_AT_A_TIME = 'no-other-open-amendment';

export interface OpenAmendment {
  readonly id: string;
  /** Asked for by whoever asks now: perhaps the answer to it was lost. */
  readonly own: boolean;
}

/** The amendment of a case's entry that is open; undefined where it was asked for from elsewhere, or cannot be read now. */
export async function openAmendmentOf(caseId: string): Promise<OpenAmendment | undefined> {
  try {
    const { items } = await get('/v1/cases', { query: { parent: caseId, type: AMENDMENT, open: 'true' } });
    const id = items[0]?.id;
    if (id === undefined) return undefined;
    const events = await get('/v1/cases/{id}/events', { params: { id }, query: { limit: '1' } });
    return { id, own: events.items[0]?.actor.id === session()?.staff.id };
  } catch {
    return undefined;
  }
}
