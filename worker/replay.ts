import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Worker, type ReplayHistoriesIterable } from '@temporalio/worker';
import { eventIdIn, History, placeOf, workflowTypeOf, type Place } from '../ops/history';

export interface KeptHistory {
  readonly caseId: string;
  /** As JSON.parse gives it. */
  readonly history: unknown;
}

export interface Replayed {
  readonly caseId: string;
  readonly type: string;
  readonly events: number;
  /** Absent when the code does what the history says. */
  readonly mismatch?: Place & {
    readonly eventId: number | null;
    readonly said: string;
    readonly nonDeterminism: boolean;
  };
}

/** Two are under way at once: replay is the work of one thread each, and the machine has two. */
const AT_ONCE = 2;

/** Replays histories against a bundle, several at once; tells of each as it is done. */
export async function replayHistories(
  source: AsyncIterable<KeptHistory> | Iterable<KeptHistory>,
  bundlePath: string,
  tell: (replayed: Replayed) => void,
): Promise<readonly Replayed[]> {
  const parsed = new Map<string, History>();
  const all: Replayed[] = [];
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let place = 0;

  async function* take(): ReplayHistoriesIterable & AsyncGenerator<{ workflowId: string; history: unknown }> {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const { caseId, history } = next.value;
      // Replay tells runs apart by workflow id, and two kept histories may be of one case.
      const workflowId = `${caseId}#${place++}`;
      parsed.set(workflowId, History.parse(history));
      yield { workflowId, history };
    }
  }

  const lane = async (): Promise<void> => {
    const results = Worker.runReplayHistories(
      { workflowBundle: { codePath: bundlePath }, replayName: 'tajdid-replay' },
      take(),
    );
    for await (const { workflowId, error } of results) {
      const history = parsed.get(workflowId) as History;
      parsed.delete(workflowId);
      const replayed: Replayed = {
        caseId: workflowId.slice(0, workflowId.lastIndexOf('#')),
        type: workflowTypeOf(history),
        events: history.events.length,
        ...(error ? { mismatch: mismatchOf(history, error) } : {}),
      };
      all.push(replayed);
      tell(replayed);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return all.sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
}

function mismatchOf(history: History, error: Error): NonNullable<Replayed['mismatch']> {
  const eventId = eventIdIn(history, error.message);
  return {
    ...placeOf(history, eventId),
    eventId: eventId ?? null,
    said: error.message.split('\n')[0] ?? '',
    nonDeterminism: error.name === 'DeterminismViolationError',
  };
}

/** Stands for the workflow code: what two bundles are told apart by. */
export const bundleMark = (bundlePath: string): string =>
  createHash('sha256').update(readFileSync(bundlePath)).digest('hex').slice(0, 12);
