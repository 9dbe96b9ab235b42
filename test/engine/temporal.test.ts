import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { endProgram, programOf, stillRuns } from '../../engine/running-program';
import { startTemporal, type RunningTemporal } from '../../engine/temporal/start';
import { listening } from '../support/listening';

async function withClient<T>(address: string, ask: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await ask(new Client({ connection, namespace: 'registry' }));
  } finally {
    await connection.close();
  }
}

describe('the embedded Temporal', () => {
  let dir: string;
  let running: RunningTemporal | undefined;
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const start = async (): Promise<RunningTemporal> =>
    (running = await startTemporal({ data: { dir }, namespaces: ['registry'], log }));

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'tajdid-temporal-'));
  });

  afterAll(async () => {
    await running?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('keeps its workflows when it is stopped and when it is killed', async () => {
    const first = await start();
    await withClient(first.address, (client) =>
      client.workflow.start('renewal', { workflowId: 'stopped', taskQueue: 'none' }),
    );
    await first.stop();

    const second = await start();
    await withClient(second.address, (client) =>
      client.workflow.start('renewal', { workflowId: 'killed', taskQueue: 'none' }),
    );
    const program = programOf(second.pid);
    if (program !== undefined) await endProgram(program, 'SIGKILL');
    await second.stop();

    const third = await start();
    const statuses = await withClient(third.address, (client) =>
      Promise.all(
        ['stopped', 'killed'].map(async (id) => (await client.workflow.getHandle(id).describe()).status.name),
      ),
    );
    expect(statuses).toEqual(['RUNNING', 'RUNNING']);
  });

  test('closed histories are kept for 30 days', async () => {
    const connection = await Connection.connect({ address: running?.address ?? '' });
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'registry' });
    await connection.close();
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 24 * 3600);
  });

  test('a second start on the same data is refused', async () => {
    await expect(startTemporal({ data: { dir }, log })).rejects.toThrow(
      /Temporal in .* is already in use by program \d+/,
    );
  });

  test('a server left behind by a killed program is ended by the next start', async () => {
    const left = await running?.stop().then(() => {
      // A living child whose owner is gone, recorded in the lock as the owner would have done.
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
      return programOf(child.pid ?? 0);
    });
    if (left === undefined) throw new Error('the stand-in did not start');
    const owner = { pid: 2 ** 22 + 1, startedAt: 'gone' };
    writeFileSync(join(dir, 'lock.json'), JSON.stringify({ owner, child: { ...left, stopSignal: 'SIGTERM' } }));
    await start();
    expect(stillRuns(left)).toBe(false);
    expect(lines.join('\n')).toContain(`Ending Temporal (pid ${left.pid}), left behind`);
  });

  test('a port in use is said in one sentence', async () => {
    const server = createServer();
    const { port } = await listening(server);
    await expect(startTemporal({ data: 'memory', port, log })).rejects.toThrow(
      `Temporal can not listen on port ${port}: it is in use`,
    );
    server.close();
  });
});
