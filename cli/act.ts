import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Recorded, Role } from '../domain/case/model';
import { keepReason } from '../ops/reason';
import type { Desk } from './connect';
import { noCase } from './unknown';

export interface ActOrder {
  readonly caseId: string;
  readonly action: string;
  readonly roles: readonly Role[];
  readonly reason: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Does one action on a case as it is now, in the name of whoever gives the command; the reason goes to the vault. */
export async function actOn(desk: Desk, { caseId, action, roles, reason, input }: ActOrder): Promise<number> {
  const actor = await desk.actor(roles);
  const found = await desk.readModel.caseById(caseId);
  if (!found) throw await noCase(desk, caseId);
  const { version, subject } = found.file;
  const id = `cli_${randomUUID()}`;
  const reasonRef = await keepReason(desk.vault, `${caseId}/${id}`, reason, actor.id, subject);
  const { cases } = await desk.engine();
  return (await cases.act(caseId, { id, action, actor, expectedVersion: version, input: { ...input, reasonRef } }))
    .version;
}

const LOOK_AGAIN = 250;

/** Waits until the case's log has an event after this version that is meant, and answers it. */
export async function untilEvent(
  desk: Desk,
  caseId: string,
  after: number,
  types: readonly string[],
  withinMs: number,
): Promise<Recorded | undefined> {
  for (const until = Date.now() + withinMs; Date.now() < until; await pause(LOOK_AGAIN)) {
    const found = (await desk.log.eventsAfter(caseId, after)).find(({ event }) => types.includes(event.type));
    if (found) return found;
  }
  return undefined;
}
