import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, readWebhook, type CaseCloudEvent } from '@tajdid/client';
import { clientFromEnvironment, run } from './settings';

/**
 * An endpoint for Tajdid's webhooks: checks the signature, acts on each message once, answers 204 soon. What `act` does should be
 * quick, or put aside: an answer that takes longer than ten seconds counts as none, and the message comes again; as it does when `act` throws.
 */
export async function receiveWebhooks(
  port: number,
  secret: () => string,
  act: (event: CaseCloudEvent) => void,
): Promise<{ url: string; server: Server }> {
  const seen = new Set<string>();
  const statusFor = (headers: IncomingHttpHeaders, body: string): number => {
    let message: ReturnType<typeof readWebhook>;
    try {
      message = readWebhook(secret(), headers, body);
    } catch {
      return 401;
    }
    try {
      if (!seen.has(message.id)) act(message.event);
    } catch (error) {
      // Our own failure, and not the sender's: the message comes again.
      process.stderr.write(`${message.id}: ${String(error)}\n`);
      return 500;
    }
    seen.add(message.id);
    return 204;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(statusFor(request.headers, Buffer.concat(chunks).toString())).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

if (require.main === module) {
  void run(async () => {
    const { api } = clientFromEnvironment();
    let secret = '';
    const { url, server } = await receiveWebhooks(
      Number(process.argv[2] ?? 9090),
      () => secret,
      ({ data }) => process.stdout.write(`${data.caseId} ${data.version} ${data.eventType}: ${data.status}\n`),
    );
    const stop = (): void => {
      server.close();
      server.closeAllConnections();
    };
    const added = api.POST('/v1/webhook-endpoints', {
      params: { header: { 'Idempotency-Key': randomUUID() } },
      body: { url, types: ['*'] },
    });
    const { data } = await answer(added).catch((error: unknown) => {
      stop();
      throw error;
    });
    secret = data.secret;
    const { id } = data.endpoint;
    const end = (): void =>
      void run(async () => {
        await answer(api.DELETE('/v1/webhook-endpoints/{id}', { params: { path: { id } } })).finally(stop);
        process.stdout.write(`${id} is removed\n`);
      });
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    process.stdout.write(`${id} receives at ${url}; Ctrl-C ends it and removes the endpoint\n`);
  });
}
