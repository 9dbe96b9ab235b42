import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { migrations, type Migration } from './migrations';

/** Any number will do, as long as nothing else in the database locks the same one. */
const LOCK = 7_120_260_119;

/**
 * Brings the schema up to this code's. Programs that start at once wait for each other, and the later ones find it done.
 * Throws when the database has a migration that differs from ours: then this is another program's database, or an edited history.
 */
export async function migrate(
  url: string,
  wanted: readonly Migration[] = migrations,
): Promise<{ applied: readonly string[] }> {
  const client = new Client({
    connectionString: url,
    application_name: 'tajdid-migrate',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return { applied: await applyMissing(client, wanted) };
  } finally {
    await client.end();
  }
}

async function applyMissing(client: Client, wanted: readonly Migration[]): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    id int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const { rows } = await client.query<{ id: number; checksum: string }>('SELECT id, checksum FROM schema_migrations');
  const present = new Map(rows.map(({ id, checksum }) => [id, checksum]));
  const applied: string[] = [];
  for (const { id, name, sql } of wanted) {
    const checksum = createHash('sha256').update(sql).digest('hex');
    const found = present.get(id);
    if (found !== undefined && found !== checksum)
      throw new Error(`migration ${id} (${name}) differs from the one that this database has`);
    if (found !== undefined) continue;
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('INSERT INTO schema_migrations (id, name, checksum) VALUES ($1, $2, $3)', [id, name, checksum]);
    await client.query('COMMIT');
    applied.push(name);
  }
  return applied;
}
