import { createServer } from 'node:net';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { startPostgres, type RunningPostgres } from '../../engine/postgres/start';
import { endProgram, programOf } from '../../engine/running-program';
import { listening } from '../support/listening';

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('the embedded PostgreSQL', () => {
  let base: string;
  let running: RunningPostgres | undefined;
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const start = async (): Promise<RunningPostgres> =>
    (running = await startPostgres({ data: { dir: join(base, 'postgres') }, log }));

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'tajdid-postgres-'));
  });

  afterAll(async () => {
    await running?.stop();
    rmSync(base, { recursive: true, force: true });
  });

  test('keeps its data when it is stopped and started, and understands Arabic text', async () => {
    const first = await start();
    const url = await first.createDatabase('tajdid');
    expect(await first.createDatabase('tajdid')).toBe(url);
    await query(url, `create table person (name text); insert into person values ('عبد الرحمن'), ('أمينة'), ('Ümit')`);
    await first.stop();

    const second = await start();
    expect(
      await query(second.urlOf('tajdid'), `select upper(name) as name from person order by name collate "ar-x-icu"`),
    ).toEqual([{ name: 'أمينة' }, { name: 'عبد الرحمن' }, { name: 'ÜMIT' }]);
    expect(
      await query(
        second.url,
        `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'max_connections') order by name`,
      ),
    ).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'max_connections', setting: '200' },
      { name: 'synchronous_commit', setting: 'on' },
    ]);
  });

  test('a second start on the same data is refused in one sentence, and the first goes on', async () => {
    const refusal = startPostgres({ data: { dir: join(base, 'postgres') }, log });
    await expect(refusal).rejects.toThrow(
      /PostgreSQL in .* is already in use by program \d+\. Stop that one first, or set DATA_DIR/,
    );
    expect(await query(running?.url ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('loses nothing that was committed when it is killed', async () => {
    const killed = running ?? (await start());
    await query(killed.urlOf('tajdid'), `insert into person values ('committed')`);
    const program = programOf(killed.pid);
    process.kill(killed.pid, 'SIGKILL');
    if (program !== undefined) await endProgram(program, 'SIGKILL');
    await killed.stop();

    const again = await start();
    expect(await query(again.urlOf('tajdid'), `select name from person where name = 'committed'`)).toEqual([
      { name: 'committed' },
    ]);
  });

  test("PostgreSQL's own lock with the pid of another program does not keep it from starting", async () => {
    await running?.stop();
    writeFileSync(
      join(base, 'postgres', 'data', 'postmaster.pid'),
      `${process.pid}\n${join(base, 'postgres', 'data')}\n`,
    );
    const again = await start();
    expect(await query(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a port in use is said in one sentence', async () => {
    const server = createServer();
    const { port } = await listening(server);
    await expect(startPostgres({ data: 'ephemeral', port, log })).rejects.toThrow(
      `PostgreSQL can not listen on port ${port}: it is in use`,
    );
    server.close();
  });

  test('an ephemeral one leaves nothing behind', async () => {
    const ephemeral = await startPostgres({ data: 'ephemeral', log });
    const url = await ephemeral.createDatabase('one_file');
    expect(await query(url, 'show fsync')).toEqual([{ fsync: 'off' }]);
    await ephemeral.dropDatabase('one_file');
    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: '3D000' });
    await expect(ephemeral.createDatabase('no"good')).rejects.toThrow(RangeError);
    await ephemeral.stop();
    expect(existsSync(dirname(ephemeral.logFile))).toBe(false);
  });
});
