import { pino } from 'pino';
import { createPhotoGauge } from '../adapters/photo/gauge';
import { ConfigError, readConfig, type Config } from '../engine/config';
import { settingsFrom } from './settings';
import { startApi } from './start';

/** An address that this program must be told: `npm start` runs the embedded ones and says where they are. */
function told<T>(name: string, value: T | undefined): T {
  if (value === undefined)
    throw new ConfigError([`${name} is not set: the API needs to know it. \`npm start\` runs everything together.`]);
  return value;
}

async function run(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel, name: 'api' });
  const photoGauge = createPhotoGauge();
  const api = await startApi({
    host: config.host,
    port: config.port,
    databaseUrl: told('DATABASE_URL', config.databaseUrl),
    temporal: {
      ...config.temporal.connection,
      address: told('TEMPORAL_ADDRESS', config.temporal.address),
      namespace: config.temporal.namespace,
    },
    taskQueue: config.taskQueue,
    workerDeployment: config.workerDeployment,
    masterKey: config.masterKey,
    formerMasterKeys: config.formerMasterKeys,
    lookupKey: config.lookupKey,
    signingKey: config.signingKey,
    formerSigningKeys: config.formerSigningKeys,
    documentsDir: config.documentsDir,
    notices: { url: told('NOTICES_URL', config.outside.notices.url), apiKey: config.outside.notices.apiKey },
    photoGauge,
    webhooksAllowPrivate: config.webhooksAllowPrivate,
    settings: settingsFrom(config, told('OIDC_ISSUER', config.oidc)),
    log,
  });
  await photoGauge.warmUp();
  log.info({ url: api.url }, 'ready');
  const stop = (): void => {
    log.info('stopping');
    void api.stop().then(() => photoGauge.close());
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

if (require.main === module) {
  Promise.resolve()
    .then(() => run(readConfig(process.env)))
    .catch((error: unknown) => {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      const why = taken
        ? 'the port is in use: set PORT to a free one.'
        : error instanceof Error
          ? error.message
          : String(error);
      process.stderr.write(`api: ${why}\n`);
      process.exitCode = 1;
    });
}
