import { join } from 'node:path';
import { freePort } from '../engine/free-port';
import { startPostgres, type RunningPostgres } from '../engine/postgres/start';
import { startTemporal, type RunningTemporal } from '../engine/temporal/start';
import type { Log } from '../system/program';

/** Temporal and PostgreSQL at addresses that stay, so that they can go and come back under everybody's feet. */
export interface Engines {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** As a power cut would. */
  killTemporal(): Promise<void>;
  restartPostgres(): Promise<void>;
  stop(): Promise<void>;
}

export async function startEngines(dataDir: string, log: Log): Promise<Engines> {
  const [temporalPort, postgresPort] = [await freePort(), await freePort()];
  const temporalAt = (): Promise<RunningTemporal> =>
    startTemporal({ data: { dir: join(dataDir, 'temporal') }, port: temporalPort, log });
  const postgresAt = (): Promise<RunningPostgres> =>
    startPostgres({ data: { dir: join(dataDir, 'postgres') }, port: postgresPort, log });
  let [temporal, postgres] = await Promise.all([temporalAt(), postgresAt()]);
  return {
    databaseUrl: await postgres.createDatabase('tajdid'),
    temporalAddress: temporal.address,
    async killTemporal() {
      process.kill(temporal.pid, 'SIGKILL');
      await temporal.stop();
      temporal = await temporalAt();
    },
    async restartPostgres() {
      await postgres.stop();
      postgres = await postgresAt();
    },
    async stop() {
      await temporal.stop();
      await postgres.stop();
    },
  };
}
