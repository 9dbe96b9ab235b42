import type { ReadModel } from '../adapters/read-model/port';
import type { EngineOperations, EngineView } from '../client/operations';
import type { Actor } from '../domain/case/model';
import { onRecord, type ActPorts } from './acts';

/**
 * Ends the run of a case and begins another one from its log: for a workflow that does not fit the code that runs. Nothing of the
 * case is lost: what the outside has said and the run had not heard is asked for. `unknown`: no such case. `ended`: it needs no run;
 * one that has ended with an incident owes something still.
 */
export async function restartCase(
  { engine, readModel, ...ports }: ActPorts & { readonly engine: EngineOperations; readonly readModel: ReadModel },
  { caseId, actor, reason }: { readonly caseId: string; readonly actor: Actor; readonly reason: string },
): Promise<EngineView | 'unknown' | 'ended'> {
  const found = await readModel.caseById(caseId);
  if (!found) return 'unknown';
  if (found.file.closedAt !== undefined && found.file.incident === undefined) return 'ended';
  await onRecord(ports, { what: 'case-restart', about: { case: caseId }, actor, reason });
  return engine.restart(caseId);
}
