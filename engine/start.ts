import { join } from 'node:path';
import type { Config } from './config';
import type { Log } from './engine-unavailable';
import { checkPostgres, checkTemporal } from './given';
import { startPostgres } from './postgres/start';
import { startTemporal } from './temporal/start';

const DATABASE = 'tajdid';

/** Where the engine can be reached, and how to end what was started for it. */
export interface Engine {
  /** Holds a password: keep it out of logs. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** What was started here, for the summary a person reads. */
  readonly embedded: readonly ('PostgreSQL' | 'Temporal')[];
  /** Stops what was started here, Temporal first. Call it after the worker and the API have stopped. */
  stop(): Promise<void>;
}

/**
 * What the configuration names; and where it names nothing, the embedded one, durable under DATA_DIR.
 * Production never comes here without both addresses, because `readConfig` refuses that.
 * @throws EngineUnavailable
 */
export async function startEngine(
  config: Pick<Config, 'databaseUrl' | 'temporal' | 'dataDir'>,
  options: { readonly log: Log; readonly timeSkipping?: boolean; readonly uiPort?: number },
): Promise<Engine> {
  const { log, timeSkipping = false, uiPort } = options;
  const { namespace } = config.temporal;
  const [postgres, temporal] = await Promise.allSettled([
    config.databaseUrl === undefined
      ? startPostgres({ data: { dir: join(config.dataDir, 'postgres') }, log })
      : checkPostgres(config.databaseUrl),
    config.temporal.address === undefined
      ? startTemporal({
          data: { dir: join(config.dataDir, 'temporal') },
          namespaces: namespace === 'default' ? [] : [namespace],
          timeSkipping,
          uiPort,
          log,
        })
      : checkTemporal(config.temporal),
  ]);
  const stop = async () => {
    if (temporal.status === 'fulfilled') await temporal.value?.stop();
    if (postgres.status === 'fulfilled') await postgres.value?.stop();
  };
  try {
    if (postgres.status === 'rejected') throw postgres.reason;
    if (temporal.status === 'rejected') throw temporal.reason;
    const databaseUrl = config.databaseUrl ?? (await postgres.value?.createDatabase(DATABASE));
    const temporalAddress = config.temporal.address ?? temporal.value?.address;
    if (databaseUrl === undefined || temporalAddress === undefined)
      throw new Error('Unreachable: each is given or started.');
    const embedded = [
      ...(postgres.value ? (['PostgreSQL'] as const) : []),
      ...(temporal.value ? (['Temporal'] as const) : []),
    ];
    return { databaseUrl, temporalAddress, embedded, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
