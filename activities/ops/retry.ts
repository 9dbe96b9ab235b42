import { SYSTEM, type ActionRequest, type Actor } from '../../domain/case/model';
import type { CaseLog } from '../../adapters/case-log/port';
import type { ItemResult, OperationItem, Operations } from '../../adapters/operations/port';
import { instant, millis, MINUTE } from '../../domain/time';
import { settle } from '../../ops/settle';
import type { CaseAnswer } from '../../workflows/messages';
import type { Refusal } from '../../domain/refusal';

/** What a case answers to an action: taken, or a refusal that will not change by asking again. */
export type ActOnCase = (caseId: string, request: ActionRequest) => Promise<CaseAnswer | { readonly refusal: Refusal }>;

export interface RetryPorts {
  readonly operations: Pick<Operations, 'find' | 'itemsIn' | 'record' | 'act'>;
  readonly log: Pick<CaseLog, 'eventsAfter'>;
  readonly act: ActOnCase;
  readonly now: () => number;
}

export interface RetryActivities {
  /** Asks the next cases for a retry. Answers how many have not been asked yet. */
  askNext(input: { operation: string; limit: number }): Promise<{ waiting: boolean }>;
  /** Looks what became of those that were asked. Answers how many are still under way. */
  settleAsked(input: { operation: string }): Promise<{ asked: number }>;
  noteOperation(input: {
    operation: string;
    what: 'started' | 'stopped' | 'resumed' | 'ended';
    actor?: Actor;
  }): Promise<void>;
}

/** A step's own patience and its retries are over long before this: a retry without an end by then is a finding of its own. */
const SETTLES_WITHIN = 15 * MINUTE;
/** Asked for in one look. */
const MOST = 500;

export function createRetryActivities({ operations, log, act, now }: RetryPorts): RetryActivities {
  const found = async (id: string) => {
    const operation = await operations.find(id);
    if (!operation) throw new RangeError(`there is no operation ${id}`);
    return operation;
  };

  return {
    async askNext({ operation: id, limit }) {
      const { actor, reasonRef } = await found(id);
      const waiting = await operations.itemsIn(id, 'waiting', limit + 1);
      const ask = async (item: OperationItem): Promise<ItemResult> => {
        const request = {
          id: retryId(id, item.caseId),
          action: 'retry',
          actor,
          input: reasonRef === null ? {} : { reasonRef },
        };
        const answer = await actNow(item.caseId, request);
        if ('refusal' in answer) {
          const gone =
            answer.refusal.code === 'no-incident' ||
            answer.refusal.code === 'retry-under-way' ||
            answer.refusal.code === 'case-closed';
          return { caseId: item.caseId, state: gone ? 'not-needed' : 'refused', detail: answer.refusal.message.en };
        }
        return { caseId: item.caseId, state: 'asked' };
      };
      const results = await Promise.all(waiting.slice(0, limit).map(ask));
      await operations.record(id, results, instant(now()));
      return { waiting: waiting.length > limit };
    },

    async settleAsked({ operation: id }) {
      const asked = await operations.itemsIn(id, 'asked', MOST);
      const results = await Promise.all(
        asked.map(async (item): Promise<ItemResult> => {
          const settled = settle(await log.eventsAfter(item.caseId, item.version), retryId(id, item.caseId));
          if (settled && settled.state !== 'asked') return { caseId: item.caseId, ...settled };
          const late = now() - millis(item.askedAt ?? instant(now())) > SETTLES_WITHIN;
          return {
            caseId: item.caseId,
            state: late ? 'unsettled' : 'asked',
            ...(late ? { detail: 'the step neither succeeded nor failed in time' } : {}),
          };
        }),
      );
      const ended = results.filter(({ state }) => state !== 'asked');
      await operations.record(id, ended, instant(now()));
      return { asked: results.length - ended.length };
    },

    noteOperation: ({ operation, what, actor }) => operations.act(operation, what, actor ?? SYSTEM, instant(now())),
  };

  /** The version that the case has now: the list may be older, and a retry does not rest on more than that there is an incident. */
  async function actNow(caseId: string, request: Omit<ActionRequest, 'expectedVersion'>): ReturnType<ActOnCase> {
    for (let tries = 0; ; tries++) {
      const events = await log.eventsAfter(caseId, 0);
      const answer = await act(caseId, { ...request, expectedVersion: events.length });
      if ('refusal' in answer && answer.refusal.kind === 'stale' && tries < 3) continue;
      return answer;
    }
  }
}

const retryId = (operation: string, caseId: string): string => `${operation}/${caseId}`;
