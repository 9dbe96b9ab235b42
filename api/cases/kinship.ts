import { kinshipOf } from '../../activities/stages/kinship';
import { actionRule, actionsFor } from '../../domain/case/core';
import type { CaseFile, CaseType } from '../../domain/case/model';
import { OutsideFailure } from '../../domain/failures';
import type { KinshipKnown } from '../../domain/family/recusal';
import type { Instant } from '../../domain/time';
import { actorAs, type Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { isVisiting } from './access';

/** Whether kinship is all that could still keep the caller from something. */
const couldAct = (type: CaseType, file: CaseFile, caller: Caller, at: Instant): boolean =>
  caller.roles
    .map((role) => actorAs(caller, role))
    .filter((actor) => !isVisiting(file, actor))
    .flatMap((actor) => actionsFor(type, file, actor, at))
    .some(({ action, allowed }) => allowed && actionRule(type, action)?.needs !== undefined);

/**
 * What kinship bars the caller from, so that it is said before it is tried; the case looks again when it decides. Costs one query of
 * whoever opens a case that is theirs to decide, and nothing else: lists say nothing of it. With the register silent nothing is allowed.
 */
export async function kinshipOfCaller(
  { family }: Pick<ApiDeps, 'family'>,
  type: CaseType,
  file: CaseFile,
  caller: Caller,
  at: Instant,
): Promise<KinshipKnown | undefined> {
  if (!type.concerned || !couldAct(type, file, caller, at)) return undefined;
  try {
    return await kinshipOf({ family }, caller.id, type.concerned(file), at);
  } catch (error) {
    if (error instanceof OutsideFailure) return { cannotTell: true };
    throw error;
  }
}
