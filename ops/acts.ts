import { randomUUID } from 'node:crypto';
import type { Acts, KeptAct, OperatorAct } from '../adapters/operations/acts-port';
import type { Vault } from '../adapters/vault/port';
import { keepReason, reasonIn } from './reason';

export interface ActPorts {
  readonly acts: Acts;
  readonly vault: Pick<Vault, 'put' | 'get'>;
}

/** Puts an act on the whole system on record, with who and why, before it is done. Answers where the reason is kept. */
export async function onRecord(
  { acts, vault }: ActPorts,
  { reason, ...act }: Omit<OperatorAct, 'reasonRef'> & { readonly reason: string },
): Promise<string> {
  const reasonRef = await keepReason(vault, `act_${randomUUID()}`, reason, act.actor.id);
  await acts.record({ ...act, reasonRef });
  return reasonRef;
}

/** The newest acts, or the newest before one, each with its reason in words for as long as it is kept. */
export async function recentActs(
  { acts, vault }: ActPorts,
  limit: number,
  before?: number,
): Promise<readonly (KeptAct & { readonly reason: string | null })[]> {
  return Promise.all(
    (await acts.recent(limit, before)).map(async (act) => ({
      ...act,
      reason: await reasonIn(vault, act.reasonRef),
    })),
  );
}
