import './with-resolvers';
import * as restate from '@restatedev/restate-sdk';
import { keptAlive } from '../keep-alive';
import { outsideCalls, receiveOutside } from '../outside';

const {
  RESTATE_INGRESS: ingress = '',
  SERVICE_PORT: servicePort = '',
  SANDBOX_URL: sandbox = '',
  RECEIVER_PORT: port = '',
} = process.env;
const outside = outsideCalls(sandbox);
const LOUD: readonly string[] = ['error'];

/** The same renewal on Restate: a durable step for each call outside, a durable promise for each thing that happens there. */
const renewal = restate.workflow({
  name: 'renewal',
  handlers: {
    run: async (ctx: restate.WorkflowContext): Promise<string> => {
      const caseId = ctx.key;
      await ctx.run('requestPayment', () => outside.requestPayment(caseId));
      await ctx.promise<boolean>('payment.captured').get().orTimeout({ hours: 72 });
      await ctx.run('orderCard', () => outside.orderCard(caseId));
      await ctx.promise<boolean>('card.printed').get().orTimeout({ days: 14 });
      await ctx.run('bookCourier', () => outside.bookCourier(caseId));
      await ctx.run('sendMessage', () => outside.sendMessage(caseId));
      await ctx.promise<boolean>('parcel.delivered').get().orTimeout({ days: 30 });
      return 'COMPLETED';
    },
    happened: async (ctx: restate.WorkflowSharedContext, what: string): Promise<void> => {
      // A parcel is ready, then collected: the same to this renewal, and the second finds the promise kept.
      await ctx
        .promise<boolean>(what)
        .resolve(true)
        .catch((error: unknown) => {
          if (!(error instanceof restate.TerminalError)) throw error;
        });
    },
  },
});

async function main(): Promise<void> {
  await restate.serve({
    services: [renewal],
    port: Number(servicePort),
    logger: ({ level }, ...said) => void (LOUD.includes(level) && process.stderr.write(`${said.join(' ')}\n`)),
  });
  const http = keptAlive(ingress);
  await receiveOutside(Number(port), async (caseId, what) => {
    await http.post(`/renewal/${caseId}/happened`, what);
  });
  process.stdout.write('restate: ready\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`restate: ${String(error)}\n`);
  process.exit(1);
});
