import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { createTestDatabase, testTemporal } from '../support/engine';

describe('the engine that all tests of a run share', () => {
  test('a test database is empty, its own, and gone after drop', async () => {
    const database = await createTestDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const answer = await client.query<{ name: string; encoding: string; lower: string }>(
      `select current_database() as name, current_setting('server_encoding') as encoding, lower('ÀÉ') as lower`,
    );
    expect(answer.rows[0]).toEqual({ name: database.name, encoding: 'UTF8', lower: 'àé' });
    await client.end();
    await database.drop();
    const late = new Client({ connectionString: database.url });
    await expect(late.connect()).rejects.toMatchObject({ code: '3D000' });
  });

  test('Temporal answers and allows skipping time', async () => {
    const connection = await Connection.connect({ address: await testTemporal() });
    const info = await connection.workflowService.getSystemInfo({});
    expect(info.serverVersion).toMatch(/^1\.(3[2-9]|[4-9]\d)/);
    const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    expect(namespaceInfo?.name).toBe('default');
    await connection.close();
  });
});
