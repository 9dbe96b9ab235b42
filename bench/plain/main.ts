import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { outsideCalls, receiveOutside } from '../outside';
import { happened } from './workflow';

const TASK_QUEUE = 'plain';

/** The rival in a process of its own: its worker, and the receiver of the outside's webhooks. */
async function main(): Promise<void> {
  const { TEMPORAL_ADDRESS: address = '', SANDBOX_URL: sandbox = '', RECEIVER_PORT: port = '' } = process.env;
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const client = new Client({ connection: await Connection.connect({ address }) });
  await receiveOutside(Number(port), (caseId, what) =>
    client.workflow
      .getHandle(caseId)
      .signal(happened, what)
      .catch((error: unknown) => {
        if ((error as Error).name !== 'WorkflowNotFoundError') throw error;
      }),
  );
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    taskQueue: TASK_QUEUE,
    workflowsPath: require.resolve('./workflow'),
    activities: outsideCalls(sandbox),
    maxConcurrentWorkflowTaskExecutions: 100,
    maxCachedWorkflows: 2_000,
  });
  process.stdout.write('plain: ready\n');
  await worker.run();
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`plain: ${String(error)}\n`);
  process.exit(1);
});
