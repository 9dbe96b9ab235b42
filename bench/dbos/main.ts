import { DBOS } from '@dbos-inc/dbos-sdk';
import { outsideCalls, receiveOutside } from '../outside';

const HOUR = 3_600;
const { DBOS_DATABASE_URL: systemDatabaseUrl = '', SANDBOX_URL: sandbox = '', RECEIVER_PORT: port = '' } = process.env;
const outside = outsideCalls(sandbox);
const step = <T>(name: string, call: () => Promise<T>): Promise<T> =>
  DBOS.runStep(call, { name, retriesAllowed: true, maxAttempts: 10 });

/** The same renewal on DBOS: a step for each call outside, a message for each thing that happens there. */
const renewal = DBOS.registerWorkflow(
  async (caseId: string): Promise<string> => {
    await step('requestPayment', () => outside.requestPayment(caseId));
    if ((await DBOS.recv('payment.captured', 72 * HOUR)) === null) return 'EXPIRED';
    await step('orderCard', () => outside.orderCard(caseId));
    await DBOS.recv('card.printed', 14 * 24 * HOUR);
    await step('bookCourier', () => outside.bookCourier(caseId));
    await step('sendMessage', () => outside.sendMessage(caseId));
    await DBOS.recv('parcel.delivered', 30 * 24 * HOUR);
    return 'COMPLETED';
  },
  { name: 'renewal' },
);

async function main(): Promise<void> {
  DBOS.setConfig({ name: 'renewal', systemDatabaseUrl, logLevel: 'error' });
  await DBOS.launch();
  const run = async (caseId: string): Promise<string> =>
    (await DBOS.startWorkflow(renewal, { workflowID: caseId })(caseId)).getResult();
  await receiveOutside(
    Number(port),
    (caseId, what) => DBOS.send(caseId, true, what),
    (path) => (path.startsWith('/run/') ? run(path.slice('/run/'.length)) : undefined),
  );
  process.stdout.write('dbos: ready\n');
  process.once('SIGTERM', () => void DBOS.shutdown().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  process.stderr.write(`dbos: ${String(error)}\n`);
  process.exit(1);
});
