import { migrate } from '../adapters/postgres/migrate';
import { readDatabaseUrl } from '../engine/config';
import { checkPostgres } from '../engine/given';

/** Brings the schema of DATABASE_URL up to this version's, and ends. Programs that start at once wait for each other. */
async function main(): Promise<void> {
  const url = readDatabaseUrl(process.env);
  await checkPostgres(url);
  const { applied } = await migrate(url);
  process.stdout.write(applied.length === 0 ? 'schema is up to date\n' : `applied: ${applied.join(', ')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`migrate: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
