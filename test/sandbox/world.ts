import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpCardBureau } from '../../adapters/card-bureau/http';
import { httpCourier } from '../../adapters/courier/http';
import { httpMessages } from '../../adapters/messages/http';
import { httpPayments } from '../../adapters/payments/http';
import { readWebhook } from '../../adapters/webhooks/verify';
import type { WebhookSource } from '../../adapters/webhooks/schemas';
import type { OutsideMessage } from '../../domain/outside-messages';
import type { LedgerLine } from '../../sandbox/core/ledger';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { type RunningSandbox, startSandbox, type StartSandbox } from '../../sandbox/start';
import { freePort } from '../support/free-port';
import { listening } from '../support/listening';
import { NEVER } from '../support/until';

/** Waits for a fact, looking every few milliseconds. */
export async function until<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const last = Date.now() + NEVER;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > last) throw new Error('the awaited fact did not come');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export interface Received {
  readonly source: WebhookSource;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly message: OutsideMessage;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** The id of each that came, also of those that were refused. */
  readonly ids: unknown[];
  /** The next n webhooks are answered 500. */
  refuse(n: number): void;
  stop(): Promise<void>;
}

/** Takes webhooks as the API would, and keeps those that verify. */
export async function receiver(): Promise<Receiver> {
  const received: Received[] = [];
  const ids: unknown[] = [];
  let refusals = 0;
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const source = req.url?.replace('/v1/webhooks/', '') as WebhookSource;
      const body = Buffer.concat(chunks).toString();
      ids.push(req.headers['webhook-id']);
      if (refusals > 0) {
        refusals -= 1;
        res.writeHead(500).end();
        return;
      }
      const secrets = [DEVELOPMENT_SECRETS.webhookSecrets[source]];
      const read = readWebhook({ source, headers: req.headers, rawBody: body, secrets });
      if ('refusal' in read) throw new Error(read.refusal);
      received.push({ source, headers: req.headers, body, message: read.message });
      res.writeHead(202).end();
    });
  });
  const { url } = await listening(server);
  return {
    url,
    received,
    ids,
    refuse: (n) => {
      refusals = n;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface World extends RunningSandbox {
  readonly dataDir: string;
  readonly payments: ReturnType<typeof httpPayments>;
  readonly bureau: ReturnType<typeof httpCardBureau>;
  readonly courier: ReturnType<typeof httpCourier>;
  readonly messages: ReturnType<typeof httpMessages>;
  control<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T>;
  entries(party: string): Promise<Record<string, unknown>[]>;
  /** Stops and starts it again over the same ledgers. */
  restart(more?: Partial<StartSandbox>): Promise<World>;
}

/** @param timeoutMs short only where a time-out is the point: client and sandbox share one thread */
export async function world(given: Partial<StartSandbox> = {}, timeoutMs = 5_000): Promise<World> {
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
  // One that nobody else is given while a restart has let go of it.
  const sandbox = await startSandbox({ port: await freePort(), ...given, dataDir });
  const settings = (name: 'payments' | 'card-bureau' | 'courier' | 'messages') => ({
    baseUrl: `${sandbox.url}/${name}`,
    apiKey: DEVELOPMENT_SECRETS.apiKeys[name],
    timeoutMs,
  });
  const payments = httpPayments(settings('payments'));
  const bureau = httpCardBureau(settings('card-bureau'));
  const courier = httpCourier(settings('courier'));
  const messages = httpMessages(settings('messages'));
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${sandbox.url}/control${path}`, {
      method,
      headers: { authorization: `Bearer ${DEVELOPMENT_SECRETS.control}`, connection: 'close' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const value: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${answer.status} ${JSON.stringify(value)}`);
    return value as T;
  };
  const halt = async (): Promise<void> => {
    for (const adapter of [payments, bureau, courier, messages]) adapter.close();
    await sandbox.stop();
  };
  return {
    url: sandbox.url,
    dataDir,
    payments,
    bureau,
    courier,
    messages,
    control,
    entries: async (party) => {
      const { lines } = await control<{ lines: LedgerLine<Record<string, unknown>>[] }>('GET', `/ledger/${party}`);
      return lines.map((line) => line.entry);
    },
    restart: async (more = {}) => {
      await halt();
      return world({ ...given, ...more, dataDir }, timeoutMs);
    },
    stop: async () => {
      await halt();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const manual = { automatic: false };

export const card = (serial: string) =>
  ({
    documentType: 'national-id',
    serial,
    identityNumber: '1000000008',
    nameAr: 'سعد بن فهد',
    nameEn: 'Saad bin Fahd',
    sex: 'M',
    birthDate: '1990-01-01',
    birthPlaceAr: 'الرياض',
    birthPlaceEn: 'Riyadh',
    nationality: 'SAU',
    issuedOn: '2026-11-23',
    expiresOn: '2036-11-22',
    photo: new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
  }) as const;

export const address = {
  recipient: 'Saad bin Fahd',
  phone: '+966500000001',
  line: 'King Fahd Road 1',
  district: 'Olaya',
  city: 'Riyadh',
  postalCode: '12211',
};
