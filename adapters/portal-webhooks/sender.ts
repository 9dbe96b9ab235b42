import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { AttemptOutcome } from '../../domain/services/portal-webhooks';
import { targetOf, type Allowed, type Target } from './addresses';
import type { Attempt, PortalWebhookSender, Sending } from './port';

/** Milliseconds from the connection to the end of the answer. */
const ANSWER_WITHIN = 10_000;
/** Of an answer no more is read than this: its body is of no use. */
const MOST_READ = 64 * 1024;

export interface SenderSettings extends Allowed {
  readonly answerWithin?: number;
  /** Whose certificates are taken, in PEM; those that Node takes by default. */
  readonly ca?: string;
}

/** A connection for each attempt, to the very address that was checked; nothing is followed and nothing of the answer is kept. */
export function createSender({ answerWithin = ANSWER_WITHIN, ca, ...allowed }: SenderSettings): PortalWebhookSender {
  return {
    check: async (url) => {
      const target = await targetOf(url, allowed);
      return 'refusal' in target ? target.refusal : undefined;
    },
    async send(sending) {
      const began = performance.now();
      const target = await targetOf(sending.url, allowed);
      const outcome: AttemptOutcome =
        'refusal' in target ? `refused-${target.refusal}` : await post(target, sending, answerWithin, ca);
      return { outcome, ms: Math.round(performance.now() - began) } satisfies Attempt;
    },
  };
}

function headersOf({ id, body, secrets }: Sending): Record<string, string | number> {
  const now = new Date();
  return {
    'content-type': 'application/cloudevents+json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Tajdid-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
}

function post(
  { url, address }: Target,
  sending: Sending,
  within: number,
  ca: string | undefined,
): Promise<AttemptOutcome> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const options: RequestOptions & { servername?: string; ca?: string } = {
    method: 'POST',
    host: address,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port,
    path: url.pathname + url.search,
    agent: false,
    headers: { host: url.host, ...headersOf(sending) },
    // The certificate has to be for the name, although the connection goes to its address.
    ...(isIP(host) ? {} : { servername: host }),
    ...(ca === undefined ? {} : { ca }),
  };
  return new Promise((resolve) => {
    const request = url.protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
    const end = (outcome: AttemptOutcome): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end('timeout'), within);
    request.on('error', () => end('unreachable'));
    request.on('response', (response) => {
      let read = 0;
      const answered = (): void => end(outcomeOf(response.statusCode ?? 0));
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > MOST_READ) answered();
      });
      response.on('end', answered);
      response.on('error', () => end('unreachable'));
    });
    request.end(sending.body);
  });
}

function outcomeOf(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status >= 300 && status < 400 ? 'redirect' : `http-${status}`;
}
