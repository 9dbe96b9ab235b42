import { randomBytes } from 'node:crypto';
import { admin, inServer } from './admin';

/**
 * One Temporal (in memory, time skipping allowed) and one PostgreSQL (ephemeral) for a whole jest run. They are started by the
 * first test that asks, so tests that need neither pay nothing, and are stopped by jest's global teardown.
 */
async function ask(
  what:
    | 'temporal'
    | 'temporal-of-short-histories'
    | 'postgres'
    | 'migrated-database'
    | 'console'
    | `${'' | 'later-' | 'unpatched-'}workflow-bundle`,
): Promise<string> {
  const broker = process.env.TAJDID_TEST_ENGINE;
  if (broker === undefined)
    throw new Error("The tests' engine is started by jest's global setup: run the tests through jest.");
  const response = await fetch(`${broker}/${what}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/** The address (host:port) of the Temporal server of this jest run. Use a task queue and workflow ids of your own. */
export async function testTemporal(): Promise<string> {
  process.env.TAJDID_TEST_TEMPORAL ??= await ask('temporal');
  return process.env.TAJDID_TEST_TEMPORAL;
}

/** Another Temporal, which has runs start afresh after a few dozen events: the address of it. */
export const shortHistoryTemporal = (): Promise<string> => ask('temporal-of-short-histories');

/** The url of the database server of this jest run, as superuser. */
export async function testPostgres(): Promise<string> {
  process.env.TAJDID_TEST_POSTGRES ??= await ask('postgres');
  return process.env.TAJDID_TEST_POSTGRES;
}

/** The path of the workflow code of this jest run, as workers run it and histories are replayed against. */
export const testWorkflowBundle = (): Promise<string> => ask('workflow-bundle');

/** The workflow code of a later version, whose change stands behind a patch: see `chaos/later`. */
export const laterWorkflowBundle = (): Promise<string> => ask('later-workflow-bundle');

/** The same change without a patch. */
export const unpatchedWorkflowBundle = (): Promise<string> => ask('unpatched-workflow-bundle');

/** Until the console is built as its sources are now: once in a jest run, for two builds would empty each other's folder. */
export const builtConsole = (): Promise<string> => ask('console');

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

/** An empty database of its own: create it in `beforeAll`, drop it in `afterAll`. */
export const createTestDatabase = (): Promise<TestDatabase> => createFrom();

/** One with the schema as it is now: a copy of what was migrated once in this jest run. */
export const createMigratedDatabase = async (): Promise<TestDatabase> => createFrom(await ask('migrated-database'));

async function createFrom(template?: string): Promise<TestDatabase> {
  const server = await testPostgres();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await admin(server, `create database ${name}${template === undefined ? '' : ` template ${template}`}`);
  return {
    name,
    url: inServer(server, name),
    drop: () => admin(server, `drop database if exists ${name} with (force)`),
  };
}
