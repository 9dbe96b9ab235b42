import { createStalls } from '../../adapters/operations/stalls-postgres';
import { instant } from '../../domain/time';
import { stallTexts } from '../../ops/stalls';
import { fileRenewals, statuses } from '../ops/cases';
import { until } from '../support/until';
import type { World } from '../support/world';
import { startCliWorld, type CliWorld, type Said } from './cli-world';

let cli: CliWorld;
let world: World;
let done: string;

const ar = (...argv: string[]): Promise<Said> => cli.tajdid(['--lang', 'ar', '--as', 'staff-401', ...argv]);

beforeAll(async () => {
  cli = await startCliWorld();
  ({ world } = cli);
  const ids = await fileRenewals(world, 1);
  await until(
    () => statuses(world, ids),
    (seen) => seen['COMPLETED'] === 1,
  );
  [done = ''] = ids;
});
afterAll(() => cli?.stop());

test('with --lang ar what is said is Arabic: heads, results, previews, refusals and remedies', async () => {
  await createStalls(world.database).see(
    {
      caseId: done,
      what: 'no-run',
      detail: { en: 'as it was', ar: 'كما كان' },
      remedied: stallTexts['no-run'].remedy.en,
    },
    instant(Date.now()),
  );
  const Arabic = /[\u0600-\u06ff]/;
  const asked = [
    ['incidents', 'operations'],
    ['incidents', 'repairs'],
    ['incidents', 'repair', done],
    ['incidents', 'retry', '--all', '--reason', 'as a test', '--preview'],
    ['case', 'reset', done],
    ['case', 'events', done],
    ['case', 'list'],
    ['case', 'ledgers', done],
    ['audit', 'verify', '--case', done],
    ['deploy', 'versions'],
    ['stall', 'list'],
    ['acts'],
    ['doctor'],
  ];
  for (const argv of asked) {
    const [head = ''] = (await ar(...argv)).out.split('\n');
    expect([argv, head]).toEqual([argv, expect.stringMatching(Arabic)]);
  }
  const { out } = await ar('stall', 'list');
  expect(out).toContain('كما كان');
  expect(out).toContain(stallTexts['no-run'].remedy.ar);
  expect(out).not.toContain(stallTexts['no-run'].remedy.en);
  expect(
    (await ar('incidents', 'repair', done, '--field', 'photo', '--value', 'x', '--reason', 'as a test')).err,
  ).toMatch(/^رُفض \(case-closed\): الحالة مغلقة/);
  expect((await ar('case', 'why', `${done}x`)).err).toBe(`لا حالة بالرقم ${done}x. هل قصدت ${done}؟`);
  expect((await ar('deploy', 'list')).err).toMatch(Arabic);
  expect((await ar('case', 'restart', done, '--reason', 'as a test')).err).toMatch(Arabic);
  expect((await ar('case', 'reset', done)).out).toContain('لا توجد خطوة');
});

test('who may not do it is told so in Arabic: nobody, somebody of another role, somebody unknown', async () => {
  const scan = ['stall', 'scan', '--reason', 'as a test'];
  const told = async (...who: string[]): Promise<Said> => cli.tajdid(['--lang', 'ar', ...who, ...scan]);
  expect(await told()).toMatchObject({ code: 2, err: expect.stringContaining('لم يسجّل أحد الدخول') });
  expect(await told('--as', 'staff-101')).toMatchObject({ code: 2, err: expect.stringContaining('دور staff-101 هنا') });
  expect(await told('--as', 'somebody')).toMatchObject({ code: 2, err: expect.stringContaining('لا تعرف البيئة') });
});
