import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import type { Config } from './config';
import { EngineUnavailable } from './engine-unavailable';
import { isTemporalTooOld, OLDEST_POSTGRES, oldestTemporal } from './oldest';

const PATIENCE = 10_000;
const NOT_FOUND = 5;

/** An AggregateError, of a name with several addresses, has no code of its own. */
const codeOf = (error: unknown): string => {
  const { code, errors } = error as { code?: string; errors?: readonly { code?: string }[] };
  return code ?? errors?.[0]?.code ?? 'no answer';
};

const POSTGRES_SAYS: Readonly<Record<string, string>> = {
  '28P01': 'does not take the password',
  '28000': 'does not let this user in',
  '3D000': 'has no such database',
};

/**
 * Whether the PostgreSQL that was named is there and recent enough.
 * @throws EngineUnavailable, one sentence, without the password.
 */
export async function checkPostgres(databaseUrl: string): Promise<undefined> {
  const { host } = new URL(databaseUrl);
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: PATIENCE });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    const version = rows[0]?.server_version ?? '';
    if (Number.parseInt(version, 10) < OLDEST_POSTGRES)
      throw new EngineUnavailable(
        `The PostgreSQL at ${host} is ${version}: Tajdid needs ${OLDEST_POSTGRES} or newer. Point DATABASE_URL at one.`,
      );
  } catch (error) {
    if (error instanceof EngineUnavailable) throw error;
    const code = codeOf(error);
    const said = POSTGRES_SAYS[code];
    throw new EngineUnavailable(
      said
        ? `The PostgreSQL at ${host} ${said} (${code}). Correct DATABASE_URL.`
        : `No PostgreSQL answers at ${host} (${code}). Start it, correct DATABASE_URL, or unset it for the embedded one.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Whether the Temporal that was named is there and recent enough, and has the namespace.
 * @throws EngineUnavailable, one sentence.
 */
export async function checkTemporal({ address, namespace, connection }: Config['temporal']): Promise<undefined> {
  let open: Connection | undefined;
  try {
    open = await Connection.connect({ ...connection, address: address as string, connectTimeout: PATIENCE });
    const { serverVersion } = await open.workflowService.getSystemInfo({});
    if (isTemporalTooOld(serverVersion))
      throw new EngineUnavailable(
        `The Temporal at ${address} is ${serverVersion}: Tajdid needs ${oldestTemporal} or newer. Point TEMPORAL_ADDRESS at one.`,
      );
    await open.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (error instanceof EngineUnavailable) throw error;
    throw new EngineUnavailable(
      (error as { code?: number }).code === NOT_FOUND
        ? `The Temporal at ${address} has no namespace ${namespace}. Create it, or correct TEMPORAL_NAMESPACE.`
        : `No Temporal answers at ${address}. Start it, correct TEMPORAL_ADDRESS, or unset it for the embedded one.`,
    );
  } finally {
    await open?.close();
  }
}
