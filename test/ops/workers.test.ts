import type { Deployment } from '../../client/deployments';
import { alive, workerGaps } from '../../client/workers';
import { instant, MINUTE } from '../../domain/time';
import { gapTexts } from '../../ops/stalls';

const NOW = Date.parse('2026-11-23T02:00:00.000Z');
const worker = (buildId?: string, minutesAgo = 0) => ({
  identity: `worker-${buildId}`,
  lastSeen: instant(NOW - minutesAgo * MINUTE),
  ...(buildId === undefined ? {} : { buildId }),
});
const deployment = (current: string | null, more: Partial<Deployment> = {}): Deployment => ({
  name: 'tajdid',
  current,
  ramping: null,
  versions: ['one', 'two', 'three'].map((buildId) => ({
    buildId,
    state: buildId === current ? 'current' : buildId === 'three' ? 'drained' : 'draining',
    since: null,
  })),
  ...more,
});
const pinned = (open: Readonly<Record<string, number>>) => (buildId: string) => Promise.resolve(open[buildId] ?? 0);
const said = async (...given: Parameters<typeof workerGaps>): Promise<string> =>
  gapTexts(await workerGaps(...given)).en;

test('workers without versions are enough where nothing has a version', async () => {
  expect(await workerGaps([worker()], null, pinned({}))).toEqual([]);
  expect(await said([], null, pinned({}))).toBe('nobody asks the task queue for work');
});

test('a worker of another version does not stand in for the current one', async () => {
  expect(await workerGaps([worker('one')], deployment('one'), pinned({}))).toEqual([]);
  expect(await said([worker('two'), worker()], deployment('one'), pinned({}))).toBe(
    'cases go to workers of version one (current), and none asks for work',
  );
  expect(await workerGaps([worker('one')], deployment(null), pinned({}))).toEqual([{ why: 'current', buildId: null }]);
});

test('a version to which a share of the cases goes needs workers, and so does one that workflows are pinned to', async () => {
  const ramping = deployment('one', { ramping: { buildId: 'two', percent: 5 } });
  expect(await workerGaps([worker('one')], ramping, pinned({}))).toEqual([{ why: 'ramping', buildId: 'two' }]);
  expect(await said([worker('one')], deployment('one'), pinned({ two: 3, three: 9 }))).toBe(
    '3 open workflows are pinned to version two, and no worker of it is left',
  );
});

test('a worker that has not asked for three minutes is none', () => {
  expect(alive([worker('one', 4), worker('two', 2)], NOW)).toEqual([worker('two', 2)]);
});
