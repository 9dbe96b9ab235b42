import { createAuditLog } from '../adapters/case-log/audit';
import { createCaseWaits } from '../adapters/case-log/waits';
import type { CaseWaits } from '../adapters/case-log/waits-port';
import type { AuditLog } from '../adapters/case-log/audit-port';
import { createCaseLog } from '../adapters/case-log/postgres';
import type { CaseLog } from '../adapters/case-log/port';
import type { Acts } from '../adapters/operations/acts-port';
import { createActs } from '../adapters/operations/acts-postgres';
import { createOperations } from '../adapters/operations/postgres';
import type { Operations } from '../adapters/operations/port';
import { createStalls } from '../adapters/operations/stalls-postgres';
import type { Stalls } from '../adapters/operations/stalls-port';
import { openDatabase, type Database } from '../adapters/postgres/database';
import { createReadModel } from '../adapters/read-model/postgres';
import type { ReadModel } from '../adapters/read-model/port';
import type { Overview } from '../adapters/operations/overview-port';
import { createOverview } from '../adapters/operations/overview-postgres';
import { createVitals } from '../adapters/operations/vitals';
import type { Vitals } from '../adapters/operations/vitals-port';
import { createPersonKeys } from '../adapters/vault/person-keys';
import { createVault } from '../adapters/vault/postgres';
import { createSecrets } from '../adapters/vault/secrets';
import type { Vault } from '../adapters/vault/port';
import { connectEngine, type EngineAccess } from '../client/connect';
import { DEPLOYMENT, TASK_QUEUE } from '../client/task-queue';
import type { Actor, Role } from '../domain/case/model';
import { notedAddresses } from '../engine/addresses';
import { readConfig, type Config } from '../engine/config';
import { actorFrom, type Identity } from './identity';
import { askedWrongly } from './output';

/** Everything that a command may need; each part is connected when it is first asked for. */
export interface Desk {
  readonly config: Config;
  readonly database: Database;
  readonly readModel: ReadModel;
  readonly log: CaseLog;
  readonly operations: Operations;
  readonly stalls: Stalls;
  readonly acts: Acts;
  readonly overview: Overview;
  readonly vitals: Vitals;
  readonly audit: AuditLog;
  readonly waits: CaseWaits;
  readonly vault: Vault;
  /** The deployment that workers' versions are of. */
  readonly deployment: string;
  engine(): Promise<EngineAccess>;
  /** Who gives this command, in one of these roles. */
  actor(roles: readonly Role[]): Promise<Actor>;
  close(): Promise<void>;
}

export interface DeskOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Somebody of the sandbox's, to sign in by name. */
  readonly as?: string | undefined;
}

const CONNECT_WITHIN = 5_000;

/** The provider that a setting names, else the one of the system that runs here. */
export function identityOf({ env, as }: DeskOptions): Identity {
  const { oidc, production, dataDir } = readConfig(env);
  return { env, production, as, provider: oidc ?? notedAddresses(dataDir).oidc };
}

/** The command line reaches database and engine itself, so that it works on the night on which the API does not. */
export function openDesk({ env, as }: DeskOptions): Desk {
  const config = readConfig(env);
  const noted = notedAddresses(config.dataDir);
  const databaseUrl = config.databaseUrl ?? noted.databaseUrl;
  const address = config.temporal.address ?? noted.temporalAddress;
  if (databaseUrl === undefined || address === undefined) {
    throw askedWrongly(
      `Nothing is running under ${config.dataDir}: start it with \`npm start\`, or set DATABASE_URL and TEMPORAL_ADDRESS.`,
      `لا شيء يعمل تحت ${config.dataDir}: شغّله بالأمر \`npm start\` أو عيّن DATABASE_URL و TEMPORAL_ADDRESS.`,
    );
  }
  const database = openDatabase({ url: databaseUrl, max: 4, applicationName: 'tajdid-cli' });
  const secrets = createSecrets(config);
  const deployment = config.workerDeployment ?? DEPLOYMENT;
  let connected: ReturnType<typeof connectEngine> | undefined;
  const engine = () =>
    (connected ??= connectEngine(
      { ...config.temporal.connection, address },
      config.temporal.namespace,
      { taskQueue: config.taskQueue ?? TASK_QUEUE, deployment },
      CONNECT_WITHIN,
    ));
  return {
    config,
    database,
    readModel: createReadModel(database),
    log: createCaseLog(database),
    operations: createOperations(database),
    stalls: createStalls(database),
    acts: createActs(database),
    overview: createOverview(database),
    vitals: createVitals(database),
    audit: createAuditLog(database),
    waits: createCaseWaits(database),
    vault: createVault(database, secrets, createPersonKeys(database, secrets)),
    deployment,
    engine,
    actor: (roles) => actorFrom(identityOf({ env, as }), roles),
    async close() {
      await connected?.then(({ close }) => close()).catch(() => undefined);
      await database.close();
    },
  };
}
