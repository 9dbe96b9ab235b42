import { randomUUID } from 'node:crypto';
import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import type { ActionRequest, Filing } from '../domain/case/model';
import type { OutsideMessage } from '../domain/outside-messages';
import type { Bilingual, Refusal } from '../domain/refusal';
import { caseTypeOfId } from '../workflows/case-types';
import { act, filed, outside, REFUSED, type CaseAnswer, type CaseStart } from '../workflows/messages';
import { engineSays } from './engine-says';

/** The action was understood and refused; nothing happened. A retry is decided anew: by the case, and by what it looks up. */
export class CaseRefused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message.en);
    this.name = 'CaseRefused';
  }
}

const NO_ANSWER: Bilingual = { en: 'The engine did not answer in time.', ar: 'لم يجب المحرك في الوقت المتاح.' };

/**
 * The engine did not answer in time, or not with what it was asked for. The request may have been taken: the same request again
 * finds out and has no second effect.
 */
export class EngineSilent extends Error {
  constructor(
    cause: unknown,
    readonly said: Bilingual = NO_ANSWER,
  ) {
    super(said.en, { cause });
    this.name = 'EngineSilent';
  }
}

/** Typed access to cases in the engine. */
export interface Cases {
  /** Starts the case, or meets the one that was started before; answers once the filing is decided. */
  start(filing: Filing): Promise<CaseAnswer>;
  /** Throws CaseRefused. */
  act(caseId: string, request: ActionRequest): Promise<CaseAnswer>;
  /** Hands over a message from outside; a case that has ended is woken for it. */
  tell(message: OutsideMessage): Promise<void>;
}

/** How long a caller is kept waiting for the engine. */
export const PATIENCE = 15_000;

function typeOf(caseId: string): string {
  const type = caseTypeOfId(caseId)?.type;
  if (!type) throw new RangeError('no case type has ids like this');
  return type;
}

const FAILED_PRECONDITION = 9;
const TRIES = 3;

/**
 * A message that arrives while a run starts afresh has the engine do that task once more, and turn away what else it brought. The
 * same update again is the same update: it has its own id.
 */
async function insisting<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const cause = error instanceof ServiceError ? error.cause : error;
      const code: number | undefined = isGrpcServiceError(cause) ? cause.code : undefined;
      if (tries === TRIES || code !== FAILED_PRECONDITION) throw error;
    }
  }
}

/** What is thrown when the engine cannot be reached, does not answer in time or answers with an error of its own. */
export const isSilence = (error: unknown): boolean =>
  error instanceof EngineSilent ||
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  error instanceof ServiceError ||
  error instanceof NamespaceNotFoundError ||
  isGrpcServiceError(error);

/** Asks the engine something, with patience and with failures that callers know. */
export async function asked<T>(client: Client, work: () => Promise<T>, patience = PATIENCE): Promise<T> {
  try {
    return await client.connection.withDeadline(Date.now() + patience, work);
  } catch (error) {
    if (
      error instanceof WorkflowUpdateFailedError &&
      error.cause instanceof ApplicationFailure &&
      error.cause.type === REFUSED
    ) {
      throw new CaseRefused(error.cause.details?.[0] as Refusal);
    }
    if (error instanceof EngineSilent || !isSilence(error)) throw error;
    throw new EngineSilent(error, engineSays(error, client.options.namespace));
  }
}

export function createCases(client: Client, taskQueue: string): Cases {
  const startOf = (caseId: string, start: CaseStart) =>
    new WithStartWorkflowOperation(typeOf(caseId), {
      workflowId: caseId,
      taskQueue,
      args: [start],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
  return {
    start: (filing) =>
      asked(client, () =>
        client.workflow.executeUpdateWithStart(filed, {
          updateId: 'filed',
          startWorkflowOperation: startOf(filing.caseId, { filing }),
        }),
      ),

    act: (caseId, request) =>
      asked(client, async () => {
        // The case counts a request once, by its own id. The engine's is each call's own: it keeps the outcome, and a refusal is none to keep.
        const update = { args: [request] as [ActionRequest], updateId: randomUUID() };
        try {
          return await insisting(() => client.workflow.getHandle(caseId).executeUpdate(act, update));
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          // No run is open for a case that is: it goes on from its log.
          return client.workflow.executeUpdateWithStart(act, {
            ...update,
            startWorkflowOperation: startOf(caseId, { caseId, inbox: [] }),
          });
        }
      }),

    tell: (message) =>
      asked(client, async () => {
        try {
          // Nearly always the case is running, and then a bare signal costs the engine a third less.
          await client.workflow.getHandle(message.caseId).signal(outside, message);
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          await client.workflow.signalWithStart(typeOf(message.caseId), {
            workflowId: message.caseId,
            taskQueue,
            args: [{ caseId: message.caseId, inbox: [] } satisfies CaseStart],
            signal: outside,
            signalArgs: [message],
          });
        }
      }),
  };
}
