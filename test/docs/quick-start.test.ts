import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { generatePeople } from '../../demo/people';
import { asEnrolled } from '../../demo/enrol';
import { instant, riyadhDate } from '../../domain/time';
import { startWebhookWorld, type WebhookWorld } from '../portal-webhooks/webhook-world';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

let hooks: WebhookWorld;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tajdid-quick-start-'));
  hooks = await startWebhookWorld();
  const people = generatePeople({
    seed: 'quick start',
    count: 20,
    today: riyadhDate(instant(Date.now())),
    residents: 0,
    expiresIn: { from: 5, to: 120 },
  });
  await hooks.api.world.enrol(people.map(asEnrolled));
  const listed = people.map(({ identityNumber, kind, birthDate, document }) => ({
    identityNumber,
    kind,
    birthDate,
    cardExpiresOn: document.expiresOn,
  }));
  await writeFile(join(folder, 'people.json'), JSON.stringify(listed));
});
afterAll(async () => {
  await hooks?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The commands below a heading, as they stand there, but for where things are. */
async function commandsUnder(heading: string): Promise<string[]> {
  const text = await readFile(join(ROOT, 'docs/quick-start.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) =>
    (block ?? '').replaceAll('.tajdid/people.json', join(folder, 'people.json')),
  );
}

const at = (): { api: string; idp: string } => ({ api: hooks.api.url, idp: `${hooks.api.world.sandboxUrl}/idp` });

test('the commands with curl lead to a first card', async () => {
  const [where = '', ...others] = await commandsUnder('With curl');
  const here = where.replace('http://127.0.0.1:8080', at().api).replace('http://127.0.0.1:8090/idp', at().idp);
  expect(here).not.toContain(':8080');
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', [here, ...others].join('\n')], {
    cwd: ROOT,
    timeout: 240_000,
  });
  expect(stdout).toContain('CardHandedOver');
  expect(stdout).toMatch(/rnw_[a-z2-7]{26} COMPLETED, \d+ decisions/);
  expect(stdout).toContain('"status":422');
  expect(stdout).toMatch(/shared: {"name":{"ar":"/);
});

test('so do the commands with the typed client, and the endpoint hears of it', async () => {
  const [build = '', receive = '', ...others] = await commandsUnder('With the typed client');
  const secret = /export CLIENT_SECRET=(.*)/.exec(build)?.[1] ?? '';
  const env = { ...process.env, TAJDID_URL: at().api, TOKEN_URL: `${at().idp}/token`, CLIENT_SECRET: secret };
  await run('bash', ['-euo', 'pipefail', '-c', build], { cwd: ROOT });
  const command = /^(node .*) &$/m.exec(receive)?.[1] ?? '';
  const receiver = spawn('bash', ['-c', `exec ${command.replace('9090', '0')}`], { cwd: ROOT, env });
  try {
    let heard = '';
    const hears = (what: RegExp): Promise<void> =>
      new Promise((resolveHeard, reject) => {
        const listen = (chunk?: Buffer): void => {
          heard += chunk?.toString() ?? '';
          if (what.test(heard)) resolveHeard();
        };
        receiver.stdout.on('data', listen);
        receiver.once('exit', () => reject(new Error(`the receiver ended: ${heard}`)));
        listen();
      });
    receiver.stderr.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    await hears(/receives at/);
    const closed = hears(/CaseClosed: COMPLETED/);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', others.join('\n')], {
      cwd: ROOT,
      env,
      timeout: 240_000,
    });
    expect(stdout).toMatch(/rnw_[a-z2-7]{26} is COMPLETED/);
    expect(stdout).toMatch(/^valid: /m);
    await closed;
    const ended = once(receiver, 'exit');
    receiver.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    const endpoints = await hooks.api.call('GET', '/v1/webhook-endpoints', { token: await hooks.api.portal() });
    expect(endpoints.text).toBe('{"items":[]}');
  } finally {
    receiver.kill('SIGTERM');
  }
});
