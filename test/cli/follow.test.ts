import type { Operation } from '../../adapters/operations/port';
import { EngineSilent } from '../../client/cases';
import type { WorkerGap } from '../../client/workers';
import type { Desk } from '../../cli/connect';
import type { Context } from '../../cli/context';
import { follow } from '../../cli/follow';

const operation = (endedAt: string | null) => ({ id: 'op_1', counts: { waiting: 1 }, endedAt }) as unknown as Operation;

/** What whoever follows is told, where the engine answers so, one after the other, and the retry then ends. */
async function told(...answers: readonly (readonly WorkerGap[] | Error)[]): Promise<readonly string[]> {
  const [left, lines] = [[...answers], [] as string[]];
  const health = () => {
    const answer = left.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ gaps: answer });
  };
  const desk = {
    operations: { find: () => Promise.resolve(operation(left.length > 0 ? null : 'now')) },
    engine: () => Promise.resolve({ engine: { health } }),
  };
  const output = { out: () => undefined, err: (line: string) => lines.push(line), live: false };
  const context = { output, said: ({ en }: { en: string }) => en } as unknown as Context;
  const { endedAt } = await follow(context, desk as unknown as Desk, 'op_1', { poll: 1, look: 1 });
  expect(endedAt).toBe('now');
  return lines;
}

const none: readonly WorkerGap[] = [{ why: 'none', buildId: null }];

test('whoever follows a retry is told once that nobody works, and again where they went after they had come back', async () => {
  expect(await told([], [])).toEqual([]);
  const line = 'Nothing moves: nobody asks the task queue for work. Start workers; nothing is lost meanwhile.';
  expect(await told(none, none, [], none)).toEqual([line, line]);
});

test('an engine that does not answer is told, and the retry is followed on', async () => {
  expect(await told(new EngineSilent(undefined), [])).toEqual([new EngineSilent(undefined).said.en]);
});
