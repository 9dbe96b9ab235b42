import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../cli/program';
import { testWorkflowBundle } from '../support/engine';
import type { World } from '../support/world';
import { startCliWorld, type CliWorld, type Said } from './cli-world';
import { fileRenewals, statuses } from '../ops/cases';
import { until } from '../support/until';

let cli: CliWorld;
let world: World;
let dir: string;
let ended: string[];
let broken: string[];

const tajdid = (...argv: string[]): Promise<Said> => cli.tajdid(argv);
const jsonOf = async <T>(...argv: string[]): Promise<T> => JSON.parse((await tajdid('--json', ...argv)).out) as T;

beforeAll(async () => {
  cli = await startCliWorld();
  ({ world, dir } = cli);
  [ended, broken] = await Promise.all([fileRenewals(world, 3), fileRenewals(world, 3, { print: 'fail' })]);
  await until(
    () => statuses(world, [...ended, ...broken]),
    (seen) => seen['COMPLETED'] === 3 && seen['INCIDENT'] === 3,
  );
});
afterAll(() => cli?.stop());

test('why says what a case waits for, and what to do', async () => {
  const why = await tajdid('case', 'why', broken[0]!);
  expect(why.code).toBe(0);
  expect(why.out).toContain('Technical incident');
  expect(why.out).toContain('Who: An operator');
  expect(why.out).toContain('card-bureau answers print-failed-repeatedly');
  expect(why.out).toContain('Engine: RUNNING');
  const arabic = (await tajdid('--lang', 'ar', 'case', 'why', broken[0]!)).out;
  expect(arabic).toContain('عطل تقني');
  expect(arabic).toMatch(/عطل في خطوة «طلب طباعة البطاقة».*\n.*\nما العمل: /);
  expect((await tajdid('--lang', 'ar', 'incidents', 'list')).out).toContain('عدد الحالات 3 منذ');
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
  const looked = ['incidents', 'retry', '--code', 'print-failed-repeatedly', '--reason', 'printer mended', '--preview'];
  const preview = await jsonOf<{ total: number }>(...looked);
  expect(preview.total).toBe(3);
  expect((await tajdid('incidents', 'retry', '--reason', 'nothing chosen')).code).toBe(2);
  for (const caseId of broken) await world.control.script(caseId, { print: 'print' });
  const chosen = ['--as', 'staff-401', 'incidents', 'retry', '--code', 'print-failed-repeatedly'];
  const order = [...chosen, '--reason', 'the printer was mended', '--rate', '20', '--id', 'mended'];
  const unsaid = await tajdid(...order);
  expect(unsaid).toMatchObject({ code: 2, err: 'Nothing was done: say --yes.' });
  expect(unsaid.out).toContain('3 cases would be retried:');
  const retried = await tajdid(...order, '--yes');
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
    actor: { id: 'staff-401' },
    event: { reasonRef: 'reason/op_mended' },
  });
  expect((await tajdid('incidents', 'operations')).out).toContain('op_mended');
  expect((await tajdid('incidents', 'list')).out).toBe('No incidents.');
  // The same name for something else is told, and nothing is started.
  const other = await tajdid(...order.map((word) => (word === '20' ? '10' : word)), '--yes');
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining('another operation op_mended') });
  const noMore = ['incidents', 'cancel', 'op_mended'];
  expect((await tajdid('--as', 'staff-401', ...noMore)).code).toBe(2);
  expect((await tajdid('--as', 'staff-401', ...noMore, '--reason', 'over')).err).toContain('has ended at');
});

test('a case is reset and repaired from the command line, and its ledgers agree', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  const choices = await jsonOf<{ step: string; effects: string[] }[]>('case', 'reset', caseId!);
  const { effects } = choices.find(({ step }) => step === 'order-card')!;
  const order = ['case', 'reset', caseId!, '--to', 'order-card', '--reason', 'try'];
  expect((await tajdid('--as', 'staff-401', ...order)).err).toContain('effects-open');
  expect(effects.map((key) => key.split('/')[0])).toEqual(expect.arrayContaining(['card', 'parcel']));
  const pinned = ['--pin', effects.join(','), '--reason', 'the bureau asked for it'];
  const reset = await tajdid('--as', 'staff-401', ...order.slice(0, 5), ...pinned);
  expect(reset).toMatchObject({ code: 0 });
  expect(reset.out).not.toContain('NO');
  await world.control.dials('card-bureau', { errorRate: 1 });
  const some = await tajdid('case', 'ledgers', caseId!);
  expect(some).toMatchObject({ code: 3, err: 'What could be asked agrees; ask again for the rest.' });
  expect(some.out).toMatch(/card\/\S+ +printed +cannot be asked: card-bureau http-50[03] +NO/);
  expect(some.out).toMatch(/parcel\/\S+ +stands +stands +yes/);
  expect((await tajdid('--lang', 'ar', 'case', 'ledgers', caseId!)).out).toContain('تعذر السؤال: card-bureau');
  await world.control.dials('card-bureau', {});
  expect((await tajdid('incidents', 'repair', caseId!)).out).toContain('pickup-office');
  const other = ['--field', 'photo', '--value', 'doc_other', '--reason', 'wrong photo'];
  expect((await tajdid('--as', 'staff-401', 'incidents', 'repair', caseId!, ...other)).out).toContain('confirm-repair');
  expect((await tajdid('incidents', 'repairs')).out).toMatch(new RegExp(`${caseId} .*doc_other +staff-401`));
  expect((await tajdid('--as', 'staff-401', 'incidents', 'confirm-repair', caseId!, '--reason', 'mine')).err).toContain(
    'four-eyes',
  );
  expect((await tajdid('--as', 'staff-402', 'incidents', 'decline-repair', caseId!, '--reason', 'not so')).code).toBe(
    0,
  );
});

test('whoever changes a case is vouched for by the identity provider, and a second person is another one', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  const repair = [
    'incidents',
    'repair',
    caseId!,
    '--field',
    'photo',
    '--value',
    'doc_other',
    '--reason',
    'wrong photo',
  ];
  const confirm = ['incidents', 'confirm-repair', caseId!, '--reason', 'I looked'];
  expect(await tajdid(...repair)).toMatchObject({ code: 2, err: expect.stringContaining('Nobody is signed in') });
  expect(await tajdid('--as', 'anybody', ...repair)).toMatchObject({
    code: 2,
    err: expect.stringContaining('knows nobody called anybody'),
  });
  expect(await tajdid('--as', 'staff-101', ...repair)).toMatchObject({
    code: 2,
    err: expect.stringContaining('staff-101 is caseworker'),
  });

  // Signed in with the browser: the page is the provider's, and what comes back goes to the command alone.
  const [out, err]: [string[], string[]] = [[], []];
  const login = run(['login'], { out: (line) => out.push(line), err: (line) => err.push(line), live: false }, cli.env);
  const page = await until(
    () => Promise.resolve(/http:\S+$/.exec(err.join('\n'))?.[0]),
    (seen) => seen !== undefined,
  );
  const asked = new URL(page!);
  expect(asked.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  const form = new URLSearchParams([...asked.searchParams, ['sub', 'staff-401']]);
  await fetch(`${asked.origin}${asked.pathname}`, { method: 'POST', body: form });
  expect(await login).toBe(0);
  expect(out.join('')).toContain('staff-401 (operator)');
  expect((await tajdid('whoami')).out).toBe('staff-401 (operator), riyadh-1');

  expect(await jsonOf('incidents', ...repair.slice(1))).toMatchObject({ waitsForSecondPerson: true });
  expect(await tajdid(...confirm)).toMatchObject({ code: 1, err: expect.stringContaining('four-eyes') });
  expect(await tajdid('--as', 'staff-401', ...confirm)).toMatchObject({ code: 1 });
  expect(await jsonOf('--as', 'staff-402', ...confirm)).toMatchObject({ version: expect.any(Number) });
  const events = await jsonOf<{ event: { type: string; proposedBy?: string }; actor: { id: string } }[]>(
    'case',
    'events',
    caseId!,
  );
  expect(events.find(({ event }) => event.type === 'FactRepaired')).toMatchObject({
    actor: { id: 'staff-402' },
    event: { proposedBy: 'staff-401' },
  });

  await tajdid('logout');
  expect((await tajdid('whoami')).code).toBe(1);
  const whoIs = async (token: object) =>
    cli.tajdid(['whoami'], { TAJDID_TOKEN: await world.control.token({ as: 'staff-402', ...token }) });
  expect((await whoIs({ lifetimeSeconds: -60 })).err).toContain('token-expired');
  expect((await whoIs({ audience: 'somebody-else' })).err).toContain('token-wrong-audience');
  expect((await whoIs({})).out).toContain('staff-402');
});

test('a wrong word is answered with the one that was meant', async () => {
  expect((await tajdid('incidnts')).err).toContain('Did you mean incidents?');
  expect((await tajdid('incidents', 'lst')).err).toContain('Did you mean list?');
  expect((await tajdid('doctor', '--jsn')).err).toContain('Did you mean --json?');
  const slip = ended[0]!.slice(0, -3) + ended[0]!.slice(-2);
  for (const command of [['why'], ['show'], ['events'], ['ledgers'], ['reset']])
    expect(await tajdid('case', ...command, slip)).toMatchObject({
      code: 1,
      err: `There is no case ${slip}. Did you mean ${ended[0]}?`,
    });
  expect((await tajdid('incidents', 'watch', 'op_mendde')).err).toContain('Did you mean op_mended?');
  expect((await tajdid('--json', 'case', 'why', 'rnw_nobody')).err).toBe(
    '{"error":"There is no case rnw_nobody.","exitCode":1}',
  );
  expect((await tajdid('--lang', 'fr', 'doctor')).code).toBe(2);
});

test('the audit walks every chain, and a changed event is found by it and by the signed head', async () => {
  const [keys, head] = [join(dir, 'head'), join(dir, 'head.json')];
  await tajdid('audit', 'keys', '--out', keys);
  expect((await tajdid('audit', 'keys', '--out', keys)).code).toBe(2);
  expect(await jsonOf('audit', 'keys', '--out', join(dir, 'others'))).toEqual({
    privateKey: join(dir, 'others.key'),
    publicKey: join(dir, 'others.pub'),
  });
  const exported = await jsonOf<{ events: number }>('audit', 'head', '--key', `${keys}.key`, '--out', head);
  expect(exported).toMatchObject({ events: expect.any(Number), out: head });
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

test('counts are added up anew by an operator who says why, and those that were wrong are named', async () => {
  const why = ['statistics', 'rebuild', '--reason', 'somebody changed a count'];
  const rebuilding = [...why, '--yes'];
  const asked = await tajdid(...why);
  expect(asked).toMatchObject({ code: 2, out: '' });
  expect(asked.err).toMatch(/^The counts of \d+ cases would be added up anew/);
  expect((await tajdid('--as', 'staff-401', 'statistics', 'rebuild', '--yes')).code).toBe(2);
  expect((await tajdid(...rebuilding)).err).toContain('Nobody is signed in');
  expect((await tajdid('--as', 'staff-101', ...rebuilding)).err).toContain('this is done by: operator');

  const db = world.database.from('case');
  const counted = () => db.query({ text: 'SELECT * FROM counted ORDER BY 1, 2, 3, 4' });
  const folded = await tajdid('--as', 'staff-401', ...rebuilding);
  expect(folded).toMatchObject({ code: 0 });
  expect(folded.out).toMatch(/^\d+ cases added up by staff-401 in [\d.]+ s: every count was right\.$/);
  expect(folded.err).toContain('changes of cases wait');
  const right = await counted();
  await db.query({ text: `UPDATE tallies SET n = n + 1 WHERE measure = 'filed'` });
  await db.query({ text: `DELETE FROM tallies WHERE measure = 'waited:all'` });
  expect((await tajdid('--as', 'staff-401', ...rebuilding)).out).toMatch(
    /some counts were wrong.*\n.*\n.*\nfiled +\d+\nwaited:all +\d+$/,
  );
  expect(await counted()).toEqual(right);

  // What is kept of waits is audited beside the chains, and put right before it is counted.
  const waits = () => db.query({ text: 'SELECT * FROM case_waits ORDER BY case_id, version' });
  const kept = await waits();
  expect((await jsonOf<{ waits: string[] }>('audit', 'verify')).waits).toEqual([]);
  await db.query({
    text: `DO $$ BEGIN
      ALTER TABLE case_waits DISABLE TRIGGER USER;
      DELETE FROM case_waits WHERE case_id = '${ended[0]}' AND waiting = 'payment';
      ALTER TABLE case_waits ENABLE TRIGGER USER;
    END $$`,
  });
  const audited = await tajdid('audit', 'verify');
  expect(audited).toMatchObject({ code: 1, out: expect.stringContaining(`in 1 case, the first of them ${ended[0]}`) });
  expect((await tajdid('--as', 'staff-401', ...rebuilding)).out).toMatch(/\ncase_waits +1$/);
  expect([await waits(), await counted()]).toEqual([kept, right]);

  const { reasonRef, ...said } = await jsonOf<{ reasonRef: string }>('--as', 'staff-401', ...rebuilding);
  expect(said).toMatchObject({ by: 'staff-401', corrected: [] });
  const acts = await tajdid('acts');
  expect(acts.out).toMatch(/statistics-rebuild +- +staff-401 +somebody changed a count/);
  const reasons = { text: 'SELECT kind FROM vault_entries WHERE ref = $1', values: [reasonRef] };
  expect(await db.query(reasons)).toEqual([{ kind: 'reason' }]);
});

test('what was typed wrongly is told before anything is done', async () => {
  const scan = ['stall', 'scan', '--reason', 'a look'];
  for (const wrong of [
    [...scan, '--silent-for', 'x'],
    [...scan, '--silent-for', '-5'],
    [...scan, '--silent-for', ''],
    ['case', 'events', ended[0]!, '--after', 'x'],
    ['case', 'events', ended[0]!, '--after', '1.5'],
    ['incidents', 'retry', '--all', '--reason', 'now', '--rate', '0'],
    ['deploy', 'ramp', 'one', '101', '--reason', 'a try'],
    ['stall', 'scan'],
    ['case', 'restart', ended[0]!],
    ['deploy', 'promote', 'one'],
    ['audit', 'verify', '--head', join(dir, 'no-head.json'), '--public-key', join(dir, 'head.pub')],
    ['audit', 'verify', '--head', join(dir, 'head.pub'), '--public-key', join(dir, 'head.pub')],
    ['audit', 'verify', '--head', join(dir, 'head.json'), '--public-key', join(dir, 'head.json')],
    ['audit', 'head', '--key', join(dir, 'no.key'), '--out', join(dir, 'out.json')],
    ['replay', '--dir', join(dir, 'nowhere')],
  ])
    expect([wrong, (await tajdid('--as', 'staff-401', ...wrong)).code]).toEqual([wrong, 2]);
  expect(await tajdid(...scan)).toMatchObject({ code: 2, err: expect.stringContaining('Nobody is signed in') });
  expect(await tajdid('--as', 'staff-401', ...scan)).toMatchObject({ code: 0 });
});

test('a case that does not fit the code begins again from its log', async () => {
  const [caseId] = await fileRenewals(world, 1, { courier: 'manual' });
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['DISPATCHED'] === 1,
  );
  const { runId } = (await world.engine.view(caseId!))!;
  const restart = (id: string) =>
    tajdid('--as', 'staff-401', 'case', 'restart', id, '--reason', 'a patch was taken back');
  expect(await restart(caseId!)).toMatchObject({ code: 0 });
  expect((await world.engine.view(caseId!))?.runId).not.toBe(runId);
  expect((await tajdid('case', 'show', caseId!)).out).toMatch(/Code version: unversioned\. Policy version: \S+\./);
  const listed = await tajdid('case', 'list', '--type', 'id-renewal');
  expect(listed.out).toMatch(new RegExp(`${caseId} .*\\(no version\\), unversioned +\\S+`));
  expect((await tajdid('case', 'list', '--policy', 'none')).out).toBe('(none)');
  expect(await jsonOf('case', 'list', '--after', caseId!)).toMatchObject({ items: expect.any(Array), next: null });
  const versions = await tajdid('deploy', 'versions');
  expect(versions.out).toMatch(/\(no version\) +- +\d+/);
  expect(versions.out).toMatch(/id-renewal +\S+ +\d+/);
  await world.control.step('courier', 'deliver', caseId!);
  await until(
    () => statuses(world, [caseId!]),
    (seen) => seen['COMPLETED'] === 1,
  );
  expect(await restart(caseId!)).toMatchObject({ code: 1, err: `${caseId} has ended: it needs no run.` });
  expect((await tajdid('acts')).out).toMatch(
    new RegExp(`case-restart +case ${caseId} +staff-401 +a patch was taken back`),
  );
});

test('what the engine does not have is named, and it is not said to be silent', async () => {
  expect(await tajdid('keep', 'rnw_typo', '--dir', join(dir, 'typo'))).toMatchObject({
    code: 1,
    err: 'There is no case rnw_typo.',
  });
  const elsewhere = { TEMPORAL_NAMESPACE: 'typo' };
  expect(await cli.tajdid(['case', 'list'], elsewhere)).toMatchObject({
    code: 3,
    err: expect.stringContaining('The engine has no namespace typo'),
  });
  const { out } = await cli.tajdid(['--lang', 'ar', 'doctor'], elsewhere);
  expect(out.match(/ليس في المحرك نطاق باسم typo/g)).toHaveLength(5);
});

test('the doctor looks at everything', async () => {
  const findings = await jsonOf<{ check: string; state: string }[]>('doctor');
  const state = Object.fromEntries(findings.map((finding) => [finding.check, finding]));
  for (const check of ['database', 'schema', 'engine', 'workers', 'versions', 'clocks', 'keys', 'secrets', 'sign-in'])
    expect(state[check]).toMatchObject({ state: 'well' });
  // Nothing has scheduled the watch in this world.
  expect(state['stall watch']).toMatchObject({ state: 'wrong' });
});

test('a database that is gone is told in one line', async () => {
  const answer = await cli.tajdid(['incidents', 'list'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  expect(answer).toMatchObject({ code: 3 });
  expect(answer.err).toContain('tajdid doctor');
});

test('histories are kept without personal data, replay, and a mismatch is told in words', async () => {
  const kept = join(dir, 'histories');
  expect((await tajdid('keep', ended[0]!, broken[0]!, '--dir', kept)).code).toBe(0);
  const bundle = await testWorkflowBundle();
  const again = ['replay', '--dir', kept, '--bundle', bundle];
  const fine = await tajdid(...again);
  expect(fine).toMatchObject({ code: 0 });
  expect(fine.out).toContain('2 histories');
  expect((await tajdid('release', '--dir', kept, '--bundle', bundle)).code).toBe(0);

  // A file that is no history hides nothing of the others.
  await writeFile(join(kept, 'aaa.json'), '{"events": 3}');
  await writeFile(join(kept, 'bbb.json'), 'no JSON');
  const partly = await tajdid(...again);
  expect(partly).toMatchObject({ code: 1, out: expect.stringContaining('2 histories') });
  expect(partly.out).toMatch(/aaa\.json cannot be read.*\n.*bbb\.json cannot be read/);
  for (const name of ['aaa.json', 'bbb.json']) await rm(join(kept, name));
  const alive = await jsonOf<{ replayed: number }>(...again, '--live');
  expect(alive).toMatchObject({ mismatches: [], unreadable: [], leftOut: 0 });
  expect(alive.replayed).toBeGreaterThan(2);

  // What runs beside the cases on the same queue has to fit the code too, and nobody takes a part for the whole.
  await world.engine.startRetry({ operation: 'op_standing', perSecond: 1, stopped: true });
  const live = await until(
    () => world.engine.openRuns(),
    (seen) => seen.includes('op_standing'),
  );
  expect(live.at(-1)).toBe('op_standing');
  expect(live.length).toBeGreaterThan(1);
  const few = ['release', '--dir', kept, '--bundle', bundle, '--most', '1'];
  expect(await tajdid(...few)).toMatchObject({ code: 1, out: expect.stringContaining('were left out') });
  expect(await tajdid(...few, '--partly')).toMatchObject({ code: 0, out: expect.stringContaining('were left out') });
  await world.client.workflow.getHandle('op_standing').terminate();

  // Another version of the code: it takes every step the patient way.
  const other = join(dir, 'other-bundle.js');
  await writeFile(other, (await readFile(bundle, 'utf8')).replaceAll('await quick.advance(', 'await patient.drive('));
  const mismatch = await tajdid('replay', '--dir', kept, '--bundle', other);
  expect(mismatch.code).toBe(1);
  expect(mismatch.out).toContain(
    'the code goes another way at its beginning, after version 0; its history goes on with: ',
  );
  const arabic = await tajdid('--lang', 'ar', 'replay', '--dir', kept, '--bundle', other);
  expect(arabic.out).toContain('تسلك الشيفرة طريقًا آخر عند بدايتها، بعد النسخة 0، ويمضي تاريخها بما يلي: ');
});

test('a case whose events were all deleted is broken, and one that never was is none', async () => {
  const db = world.database.from('case');
  await db.query({ text: 'DELETE FROM case_events WHERE case_id = $1', values: [ended[2]] });
  expect(await tajdid('audit', 'verify', '--case', ended[2]!)).toMatchObject({
    code: 1,
    out: expect.stringContaining('1 case, 0 events: 1 broken'),
  });
  expect(await tajdid('audit', 'verify', '--case', 'rnw_nobody')).toMatchObject({
    err: 'There is no case rnw_nobody.',
  });
});
