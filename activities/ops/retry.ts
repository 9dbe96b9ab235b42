import { SYSTEM, type ActionRequest, type Actor } from '../../domain/case/model';
import type { CaseLog } from '../../adapters/case-log/port';
import type { ItemResult, OperationAct, OperationItem, Operations } from '../../adapters/operations/port';
import { instant, millis, MINUTE } from '../../domain/time';
import { settle, settleNewest } from '../../ops/settle';
import type { CaseAnswer } from '../../workflows/messages';
import type { Bilingual, Refusal } from '../../domain/refusal';

/**
 * What a case answers to an action: taken, a refusal, or nothing in time. One that was
 * silent may have taken it all the same; its log tells.
 */
export type ActOnCase = (
  caseId: string,
  request: ActionRequest,
) => Promise<CaseAnswer | { readonly refusal: Refusal } | { readonly silent: true }>;

export interface RetryPorts {
  readonly operations: Pick<Operations, 'find' | 'items' | 'itemsIn' | 'record' | 'cancelWaiting' | 'act'>;
  readonly log: Pick<CaseLog, 'eventsAfter'>;
  readonly act: ActOnCase;
  readonly now: () => number;
  /** Cases that are looked up at once. */
  readonly page?: number;
}

export interface RetryActivities {
  /** Asks the next cases for a retry. Answers how many have not been asked yet. */
  askNext(input: { operation: string; limit: number }): Promise<{ waiting: boolean }>;
  /** Looks what became of all that were asked. Answers how many are still under way. */
  settleAsked(input: { operation: string }): Promise<{ asked: number }>;
  /** What was not asked yet never will be. */
  cancelWaiting(input: { operation: string }): Promise<void>;
  noteOperation(input: OperationNote): Promise<void>;
}

export interface OperationNote {
  readonly operation: string;
  readonly what: OperationAct['what'];
  readonly actor?: Actor;
  readonly reasonRef?: string;
  /** The same for the same act, so that one that is told twice is on record once. */
  readonly key?: string;
}

/** A step's own patience and its retries are over long before this: a retry without an end by then is a finding of its own. */
const SETTLES_WITHIN = 15 * MINUTE;
/** The engine turns a request away that no worker has taken up within a minute: one that is not in the log by then will not come. */
const HEARD_WITHIN = 2 * MINUTE;
const SILENT: Bilingual = { en: 'the engine did not answer for this case', ar: 'لم يجب المحرك بشأن هذه الحالة' };
const ANOTHERS: Bilingual = {
  en: 'another retry of this case is under way',
  ar: 'إعادة محاولة أخرى لهذه الحالة قيد التنفيذ',
};
const NEITHER: Bilingual = {
  en: 'the step neither succeeded nor failed in time',
  ar: 'لم تنجح الخطوة ولم تفشل في الوقت المحدد',
};
const PAGE = 500;

export function createRetryActivities({ operations, log, act, now, page = PAGE }: RetryPorts): RetryActivities {
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
        if ('silent' in answer) return { caseId: item.caseId, state: 'asked', detail: SILENT };
        if ('refusal' in answer) {
          const { code } = answer.refusal;
          // Somebody else's retry: whether the case moves is seen by it as well.
          if (code === 'retry-under-way') return { caseId: item.caseId, state: 'asked', detail: ANOTHERS };
          const gone = code === 'no-incident' || code === 'case-closed';
          return { caseId: item.caseId, state: gone ? 'not-needed' : 'refused', detail: answer.refusal.message };
        }
        return { caseId: item.caseId, state: 'asked' };
      };
      const results = await Promise.all(waiting.slice(0, limit).map(ask));
      await operations.record(id, results, instant(now()));
      return { waiting: waiting.length > limit };
    },

    async settleAsked({ operation: id }) {
      for (let after: string | undefined; ;) {
        const asked = await operations.items(id, {
          state: 'asked',
          limit: page,
          ...(after === undefined ? {} : { after }),
        });
        const results = await Promise.all(asked.map((item) => lookedUp(id, item)));
        const ended = results.filter(({ state }) => state !== 'asked');
        await operations.record(id, ended, instant(now()));
        if (asked.length < page) break;
        after = asked.at(-1)?.caseId;
      }
      return { asked: (await found(id)).counts.asked };
    },

    cancelWaiting: ({ operation }) => operations.cancelWaiting(operation, instant(now())),
    noteOperation: ({ operation, actor, ...act }) =>
      operations.act(operation, { ...act, actor: actor ?? SYSTEM, at: instant(now()) }),
  };

  /** What became of a case that was asked, by its own log. */
  async function lookedUp(operation: string, { caseId, version, askedAt, detail }: OperationItem): Promise<ItemResult> {
    const events = await log.eventsAfter(caseId, version);
    const settled = detail?.en === ANOTHERS.en ? settleNewest(events) : settle(events, retryId(operation, caseId));
    if (settled && settled.state !== 'asked') return { caseId, ...settled };
    const age = now() - millis(askedAt ?? instant(now()));
    if (settled === null && detail?.en === SILENT.en && age > HEARD_WITHIN)
      return { caseId, state: 'unsettled', detail };
    if (age > SETTLES_WITHIN) return { caseId, state: 'unsettled', detail: NEITHER };
    return { caseId, state: 'asked' };
  }

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
