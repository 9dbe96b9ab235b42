import { keptIn, withLive } from '../../cli/histories';
import { EngineSilent } from '../../client/cases';
import { replayHistories } from '../../worker/replay';
import { testWorkflowBundle } from '../support/engine';
import { quietRuntime } from '../support/quiet-runtime';

const NOWHERE = 'test/no-histories';
const open = ['rnw_1', 'rnw_2'];

test('without its folder of kept histories a program that was built replays what is open', async () => {
  await expect(keptIn(NOWHERE, false)).rejects.toMatchObject({ exitCode: 2 });
  const kept = await keptIn(NOWHERE, true);
  const gone = { openRuns: () => Promise.resolve(open), history: () => Promise.resolve(undefined) };
  const live = await withLive(kept, gone, 10);
  expect(live).toMatchObject({ total: 2, leftOut: 0 });
  const unreadable: string[] = [];
  for await (const each of live.read(unreadable)) expect(each).toBeUndefined();
  expect(unreadable).toEqual(open);
});

test('an engine that goes away in the middle ends the replay, and no history is said to be bad', async () => {
  quietRuntime();
  const away = {
    openRuns: () => Promise.resolve(open),
    history: () => Promise.reject(new EngineSilent(undefined)),
  };
  const live = await withLive(await keptIn(NOWHERE, true), away, 10);
  const unreadable: string[] = [];
  const replayed = replayHistories(live.read(unreadable), await testWorkflowBundle(), () => undefined);
  await expect(replayed).rejects.toBeInstanceOf(EngineSilent);
  expect(unreadable).toEqual([]);
});
