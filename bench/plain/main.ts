import { createServer } from 'node:http';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { httpCardBureau } from '../../adapters/card-bureau/http';
import { httpCourier } from '../../adapters/courier/http';
import { httpMessages } from '../../adapters/messages/http';
import { httpPayments } from '../../adapters/payments/http';
import { sar } from '../../domain/money';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { happened, type PlainActivities } from './workflow';

const TASK_QUEUE = 'plain';
const PHOTO = Buffer.alloc(30_000, 7);

/** The rival in a process of its own: its worker, and the receiver of the outside's webhooks. */
async function main(): Promise<void> {
  const { TEMPORAL_ADDRESS: address = '', SANDBOX_URL: sandbox = '', RECEIVER_PORT: port = '' } = process.env;
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const http = (party: keyof typeof DEVELOPMENT_SECRETS.apiKeys) => ({ baseUrl: `${sandbox}/${party}`, apiKey: DEVELOPMENT_SECRETS.apiKeys[party] });
  const payments = httpPayments(http('payments'));
  const bureau = httpCardBureau(http('card-bureau'));
  const courier = httpCourier(http('courier'));
  const messages = httpMessages(http('messages'));
  const serial = (caseId: string): string => `S${caseId.slice(-9)}`;
  const activities: PlainActivities = {
    requestPayment: async (caseId) => (await payments.request({ key: `${caseId}/payment`, caseId, amount: sar(25), purpose: 'id-renewal' })).paymentId,
    orderCard: async (caseId) =>
      (
        await bureau.order({
          key: `${caseId}/print`,
          caseId,
          serial: serial(caseId),
          card: {
            documentType: 'national-id', serial: serial(caseId), identityNumber: '1000000008', nameAr: 'اسم', nameEn: 'Name', sex: 'F',
            birthDate: '1990-01-01', birthPlaceAr: 'الرياض', birthPlaceEn: 'Riyadh', nationality: 'SAU', issuedOn: '2026-01-01', expiresOn: '2036-01-01', photo: PHOTO,
          },
        })
      ).orderId,
    bookCourier: async (caseId) => (await courier.book({ key: `${caseId}/parcel`, caseId, serial: serial(caseId), to: { office: 'riyadh-1' } })).parcelId,
    sendMessage: async (caseId) => (await messages.send({ key: `${caseId}/message`, caseId, to: '+966500000000', textAr: 'في الطريق', textEn: 'On its way' })).messageId,
  };
  const client = new Client({ connection: await Connection.connect({ address }) });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { type, data } = JSON.parse(Buffer.concat(chunks).toString()) as { type: string; data: { caseId: string } };
      const what = type === 'parcel.ready-for-pickup' || type === 'parcel.collected' ? 'parcel.delivered' : type;
      client.workflow
        .getHandle(data.caseId)
        .signal(happened, what)
        .then(
          () => response.writeHead(204).end(),
          (error: unknown) => response.writeHead((error as Error).name === 'WorkflowNotFoundError' ? 204 : 503).end(),
        );
    });
  });
  await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    taskQueue: TASK_QUEUE,
    workflowsPath: require.resolve('./workflow'),
    activities,
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
