import type { ItemState } from '../../adapters/operations/port';
import { fileRenewals, statuses } from '../ops/cases';
import { until } from '../support/until';
import type { World } from '../support/world';
import { startCliWorld, type CliWorld, type Said } from './cli-world';

let cli: CliWorld;
let world: World;
let done: string;
let broken: string;

const why = ['--reason', 'as a test'];
const tajdid = (...argv: string[]): Promise<Said> => cli.tajdid(['--as', 'staff-401', ...argv]);

beforeAll(async () => {
  cli = await startCliWorld();
  ({ world } = cli);
  const [ended, failed] = await Promise.all([fileRenewals(world, 1), fileRenewals(world, 1, { print: 'fail' })]);
  await until(
    () => statuses(world, [...ended, ...failed]),
    (seen) => seen['COMPLETED'] === 1 && seen['INCIDENT'] === 1,
  );
  [done = ''] = ended;
  [broken = ''] = failed;
});
afterAll(() => cli?.stop());

/** An operation over cases that are on its list only. */
async function listed(id: string, states: Readonly<Partial<Record<ItemState, number>>>, ended: boolean): Promise<void> {
  const db = world.database.from('case');
  await db.query({
    text: `INSERT INTO operations (id, kind, actor, scope, per_second, ended_at)
      VALUES ($1, 'verified-retry', '{"id":"staff-401","role":"operator"}', '{}', 5, CASE WHEN $2 THEN now() END)`,
    values: [id, ended],
  });
  for (const [state, count] of Object.entries(states))
    await db.query({
      text: `INSERT INTO operation_items (operation, case_id, place, version, step, source, code, state)
        SELECT $1, $2 || n, (SELECT count(*) FROM operation_items WHERE operation = $1) + n, 1, 'order-card', 'card-bureau', 'http-503', $2
          FROM generate_series(1, $3::int) AS n`,
      values: [id, state, count],
    });
}

test('of a large retry a terminal gets the counts and some of what went wrong, and JSON all of it', async () => {
  await listed('op_large', { moved: 10_050, 'failed-again': 90, refused: 30, cancelled: 40 }, true);
  const { code, out } = await tajdid('incidents', 'watch', 'op_large');
  const lines = out.split('\n');
  expect([code, lines.length]).toEqual([1, 1 + 2 + 100 + 1]);
  expect(lines[0]).toBe('op_large: 10050 moved, 90 failed-again, 30 refused, 40 cancelled');
  expect(lines.at(-1)).toBe('and 20 more; all of them: tajdid --json incidents watch op_large');
  const all = JSON.parse((await tajdid('--json', 'incidents', 'watch', 'op_large')).out) as { items: unknown[] };
  expect(all.items).toHaveLength(10_210);

  await listed('op_waits', { waiting: 40, 'failed-again': 2 }, false);
  const stopped = await tajdid('incidents', 'stop', 'op_waits', ...why);
  expect(stopped).toMatchObject({ code: 0, out: 'op_waits: 40 waiting, 2 failed-again' });
  const cancelled = JSON.parse((await tajdid('--json', 'incidents', 'cancel', 'op_waits', ...why)).out) as object;
  expect(cancelled).toMatchObject({ id: 'op_waits' });
  expect(cancelled).not.toHaveProperty('items');
});

test('without workers nobody is kept waiting for a retry, and the order is kept', async () => {
  const order = ['--as', 'staff-401', 'incidents', 'retry', broken, ...why, '--yes', '--id', 'unheard'];
  const nobody = await cli.tajdid(order, { TAJDID_TASK_QUEUE: 'nobody-here' });
  expect(nobody).toMatchObject({ code: 3, err: expect.stringContaining('No worker asks for work') });
  expect(nobody.err).toContain('The order is kept');
  expect(await tajdid('incidents', 'cancel', 'op_unheard', ...why)).toMatchObject({ code: 0 });
});

test('a case that is named and cannot be retried is told, and it is not well', async () => {
  const order = ['incidents', 'retry', broken, done, 'rnw_typo', ...why];
  const told = ['There is no case rnw_typo.', `${done}: it has no incident.`];
  const preview = await tajdid(...order, '--preview');
  expect(preview).toMatchObject({ code: 1, out: expect.stringContaining('1 case would be retried') });
  expect(preview.err.split('\n').sort()).toEqual(told);
  expect(await tajdid('incidents', 'retry', broken, '--source', 'payments', ...why, '--yes')).toMatchObject({
    code: 1,
    err: `${broken}: it has another incident than the options choose.\nNo incident fits.`,
  });

  await world.control.script(broken, { print: 'print' });
  const retried = await tajdid(...order, '--yes', '--id', 'named');
  expect(retried).toMatchObject({ code: 1, out: expect.stringContaining('op_named: 1 moved') });
  for (const line of told) expect(retried.err).toContain(line);
  // The same order again is the same operation, with the same case on its list.
  const again = await tajdid('--json', ...order, '--yes', '--id', 'named');
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out)).toMatchObject({
    counts: { moved: 1 },
    leftOut: [
      { caseId: done, why: 'no-incident' },
      { caseId: 'rnw_typo', why: 'no-such-case' },
    ],
  });
});
