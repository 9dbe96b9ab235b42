import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { run } from '../../cli/program';
import { testTemporal, testWorkflowBundle } from '../support/engine';
import { startWorld, type World } from '../support/world';
import { fileRenewals, statuses, until } from '../ops/cases';

let world: World;
let dir: string;
let env: NodeJS.ProcessEnv;
let ended: string[];
let broken: string[];

async function tajdid(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(argv, { out: (line) => out.push(line), err: (line) => err.push(line), live: false }, env);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const jsonOf = async <T>(...argv: string[]): Promise<T> => JSON.parse((await tajdid('--json', ...argv)).out) as T;

beforeAll(async () => {
  world = await startWorld();
  dir = await mkdtemp(join(tmpdir(), 'tajdid-cli-'));
  env = {
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_ADDRESS: await testTemporal(),
    TAJDID_TASK_QUEUE: world.taskQueue,
    DATA_DIR: dir,
    MASTER_KEY: randomBytes(32).toString('base64'),
    LOOKUP_KEY: randomBytes(32).toString('base64'),
  };
  [ended, broken] = await Promise.all([fileRenewals(world, 3), fileRenewals(world, 3, { print: 'fail' })]);
  await until(
    () => statuses(world, [...ended, ...broken]),
    (seen) => seen['COMPLETED'] === 3 && seen['INCIDENT'] === 3,
  );
}, 240_000);
afterAll(async () => {
  await world?.stop();
  await rm(dir, { recursive: true });
});

test('why says what a case waits for, and what to do', async () => {
  const why = await tajdid('case', 'why', broken[0]!);
  expect(why.code).toBe(0);
  expect(why.out).toContain('Technical incident');
  expect(why.out).toContain('Who: An operator');
  expect(why.out).toContain('card-bureau answers print-failed-repeatedly');
  expect(why.out).toContain('Engine: RUNNING');
  expect((await tajdid('--lang', 'ar', 'case', 'why', broken[0]!)).out).toContain('عطل تقني');
  expect((await tajdid('case', 'why', 'rnw_nobody')).code).toBe(1);
});

test('events and show tell the whole of a case', async () => {
  expect((await tajdid('case', 'events', ended[0]!)).out).toMatch(/CaseClosed/);
  const shown = await jsonOf<{ status: string; effects: { kind: string }[] }>('case', 'show', ended[0]!);
  expect(shown.status).toBe('COMPLETED');
  expect(shown.effects.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['payment', 'card', 'parcel', 'message', 'register']),
  );
});

test('incidents are listed by cause, previewed, retried and proven to have moved', async () => {
  const listed = await tajdid('incidents', 'list');
  expect(listed.out).toContain('card-bureau answers print-failed-repeatedly: 3 cases');
  const preview = await jsonOf<{ total: number }>(
    'incidents',
    'retry',
    '--code',
    'print-failed-repeatedly',
    '--reason',
    'x',
    '--preview',
  );
  expect(preview.total).toBe(3);
  expect((await tajdid('incidents', 'retry', '--reason', 'nothing chosen')).code).toBe(2);
  for (const caseId of broken) await world.control.script(caseId, { print: 'print' });
  const retried = await tajdid(
    '--as',
    'op-7',
    'incidents',
    'retry',
    '--code',
    'print-failed-repeatedly',
    '--reason',
    'the printer was mended',
    '--rate',
    '20',
    '--id',
    'mended',
  );
  expect(retried).toMatchObject({ code: 0 });
  expect(retried.out).toContain('op_mended: 3 moved');
  await until(
    () => statuses(world, broken),
    (seen) => seen['COMPLETED'] === 3,
  );
  const events = await jsonOf<{ event: { type: string; reasonRef?: string }; actor: { id: string } }[]>(
    'case',
    'events',
    broken[0]!,
  );
  expect(events.find(({ event }) => event.type === 'RetryRequested')).toMatchObject({
    actor: { id: 'op-7' },
    event: { reasonRef: 'reason/op_mended' },
  });
  expect((await tajdid('incidents', 'operations')).out).toContain('op_mended');
  expect((await tajdid('incidents', 'list')).out).toBe('No incidents.');
}, 60_000);

test('a case is reset and repaired from the command line, and its ledgers agree', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  const choices = await jsonOf<{ step: string; effects: string[] }[]>('case', 'reset', caseId!);
  const { effects } = choices.find(({ step }) => step === 'order-card')!;
  expect(effects.map((key) => key.split('/')[0])).toEqual(expect.arrayContaining(['card', 'parcel']));
  expect((await tajdid('case', 'reset', caseId!, '--to', 'order-card', '--reason', 'try')).err).toContain(
    'effects-open',
  );
  const reset = await tajdid(
    'case',
    'reset',
    caseId!,
    '--to',
    'order-card',
    '--pin',
    effects.join(','),
    '--reason',
    'the bureau asked for it',
  );
  expect(reset).toMatchObject({ code: 0 });
  expect(reset.out).not.toContain('NO');
  expect((await tajdid('incidents', 'repair', caseId!)).out).toContain('pickup-office');
  expect(
    (
      await tajdid(
        '--as',
        'op-1',
        'incidents',
        'repair',
        caseId!,
        '--field',
        'photo',
        '--value',
        'doc_other',
        '--reason',
        'wrong photo',
      )
    ).out,
  ).toContain('confirm-repair');
  expect((await tajdid('--as', 'op-1', 'incidents', 'confirm-repair', caseId!, '--reason', 'mine')).err).toContain(
    'four-eyes',
  );
  expect((await tajdid('--as', 'op-2', 'incidents', 'decline-repair', caseId!, '--reason', 'no')).code).toBe(0);
}, 60_000);

test('the audit walks every chain, and a changed event is found by it and by the signed head', async () => {
  const [keys, head] = [join(dir, 'head'), join(dir, 'head.json')];
  await tajdid('audit', 'keys', '--out', keys);
  expect((await tajdid('audit', 'head', '--key', `${keys}.key`, '--out', head)).code).toBe(0);
  const whole = await tajdid('audit', 'verify', '--head', head, '--public-key', `${keys}.pub`);
  expect(whole).toMatchObject({ code: 0 });
  expect(whole.out).toContain('every chain is whole');
  expect(whole.out).toContain('signed head: whole');

  const db = world.database.from('case');
  await db.query({ text: 'ALTER TABLE case_events DISABLE TRIGGER case_events_append_only' });
  await db.query({
    text: `UPDATE case_events SET event = event || '{"amount":1}', hash = sha256('x') WHERE case_id = $1 AND version = 5`,
    values: [ended[1]],
  });
  const changed = await tajdid('audit', 'verify', '--head', head, '--public-key', `${keys}.pub`);
  expect(changed.code).toBe(1);
  expect(changed.out).toContain(`${ended[1]}  5        hash`);
  expect(changed.out).toContain('signed head: events-changed');
  expect((await tajdid('audit', 'verify', '--case', ended[0]!)).code).toBe(0);
  const forged = JSON.parse(await readFile(head, 'utf8')) as { events: number };
  await writeFile(head, JSON.stringify({ ...forged, events: forged.events - 1 }));
  expect((await tajdid('audit', 'verify', '--head', head, '--public-key', `${keys}.pub`)).out).toContain(
    'wrong-signature',
  );
});

test('the doctor looks at everything', async () => {
  const findings = await jsonOf<{ check: string; state: string; says: string }[]>('doctor');
  const state = Object.fromEntries(findings.map((finding) => [finding.check, finding]));
  for (const check of ['database', 'schema', 'engine', 'workers', 'clocks', 'keys'])
    expect(state[check]).toMatchObject({ state: 'well' });
  // Nothing has scheduled the watch in this world.
  expect(state['stall watch']).toMatchObject({ state: 'wrong' });
});

test('a database that is gone is told in one line', async () => {
  const before = env;
  env = { ...env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
  const answer = await tajdid('incidents', 'list');
  env = before;
  expect(answer).toMatchObject({ code: 3 });
  expect(answer.err).toContain('tajdid doctor');
});

test('histories are kept without personal data, replay, and a mismatch is told in words', async () => {
  const kept = join(dir, 'histories');
  expect((await tajdid('keep', ended[0]!, broken[0]!, '--dir', kept)).code).toBe(0);
  const bundle = await testWorkflowBundle();
  const fine = await tajdid('replay', '--dir', kept, '--bundle', bundle);
  expect(fine).toMatchObject({ code: 0 });
  expect(fine.out).toContain('2 histories');
  expect((await tajdid('release', '--dir', kept, '--bundle', bundle)).code).toBe(0);

  // Another version of the code: it takes every step the patient way.
  const other = join(dir, 'other-bundle.js');
  await writeFile(other, (await readFile(bundle, 'utf8')).replaceAll('await quick.advance(', 'await patient.drive('));
  const mismatch = await tajdid('replay', '--dir', kept, '--bundle', other);
  expect(mismatch.code).toBe(1);
  expect(mismatch.out).toContain(
    'the code goes another way after version 0, which the start of the workflow brought; its history goes on with filing (ApplicationSubmitted',
  );
});

test('there is completion for the shells', async () => {
  expect((await tajdid('completion', 'bash')).out).toContain('complete -F _tajdid tajdid');
  expect((await tajdid('completion', 'fish')).out).toContain('incidents');
  expect((await tajdid('completion', 'perl')).code).toBe(2);
  expect((await tajdid('nonsense')).code).toBe(2);
});
