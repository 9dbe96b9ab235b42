import { withLive } from '../../cli/histories';
import { EngineSilent } from '../../client/cases';
import { replayHistories } from '../../worker/replay';
import { testWorkflowBundle } from '../support/engine';
import { quietRuntime } from '../support/quiet-runtime';

const open = ['rnw_1', 'rnw_2'];

test('an engine that goes away in the middle ends the replay, and no history is said to be bad', async () => {
  quietRuntime();
  const away = {
    openRuns: () => Promise.resolve(open),
    history: () => Promise.reject(new EngineSilent(undefined)),
  };
  const live = await withLive({ total: 0, leftOut: 0, async *read() {} }, away, 10);
  const unreadable: string[] = [];
  const replayed = replayHistories(live.read(unreadable), await testWorkflowBundle(), () => undefined);
  await expect(replayed).rejects.toBeInstanceOf(EngineSilent);
  expect(unreadable).toEqual([]);
});
