import { fileRenewals, statuses, until } from '../ops/cases';
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
}, 240_000);
afterAll(() => cli?.stop());

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
  expect(preview).toMatchObject({ code: 1, out: expect.stringContaining('1 cases would be retried') });
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
}, 60_000);
