import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readConfig } from '../../engine/config';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { connectPorts } from '../../worker/ports';
import { receiveMessages } from '../outside';
import { wholeActivities } from './activities';
import { told } from './workflow';

/** The rival in a process of its own: its worker, and the receiver of the outside's webhooks. */
async function main(): Promise<void> {
  const { TEMPORAL_ADDRESS: address = '', SANDBOX_URL: sandbox = '', RECEIVER_PORT: port = '' } = process.env;
  const config = readConfig(process.env);
  const { apiKeys } = DEVELOPMENT_SECRETS;
  const at = (party: keyof typeof apiKeys) => ({ url: `${sandbox}/${party}`, apiKey: apiKeys[party] });
  const { ports } = connectPorts({
    databaseUrl: config.databaseUrl ?? '',
    masterKey: config.masterKey,
    lookupKey: config.lookupKey,
    documentsDir: config.documentsDir,
    outside: {
      payments: at('payments'),
      cardBureau: at('card-bureau'),
      courier: at('courier'),
      messages: at('messages'),
      notices: at('notices'),
    },
  });
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const client = new Client({ connection: await Connection.connect({ address }) });
  await receiveMessages(Number(port), (message) =>
    client.workflow
      .getHandle(message.caseId)
      .signal(told, message)
      .catch((error: unknown) => {
        if ((error as Error).name !== 'WorkflowNotFoundError') throw error;
      }),
  );
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    taskQueue: 'whole',
    workflowsPath: require.resolve('./workflow'),
    activities: wholeActivities(ports),
    maxConcurrentWorkflowTaskExecutions: 100,
    maxCachedWorkflows: 2_000,
  });
  process.stdout.write('whole: ready\n');
  await worker.run();
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`whole: ${String(error)}\n`);
  process.exit(1);
});
