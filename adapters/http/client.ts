import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as TlsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { z } from 'zod';
import { OutsideFailure, type Outside } from '../../domain/failures';
import { statusFailure } from './failures';

export interface HttpSettings {
  /** With the party's path prefix, without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** From the call to the last byte of the answer; 5,000 by default. */
  readonly timeoutMs?: number;
  /** Connections kept open at most; further calls wait their turn, within their time. 64 by default. */
  readonly maxConnections?: number;
}

interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | number>>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * One party outside, over HTTP. On `node:http` with connections kept alive: a call costs a quarter of the CPU that the
 * built-in `fetch` takes. Every failure is an OutsideFailure; none holds anything that was sent or answered but a code.
 */
export class HttpClient {
  private readonly base: URL;
  private readonly prefix: string;
  private readonly agent: Agent;
  private readonly timeoutMs: number;
  private readonly authorization: string;

  constructor(
    private readonly source: Outside,
    { baseUrl, apiKey, timeoutMs = 5000, maxConnections = 64 }: HttpSettings,
  ) {
    this.base = new URL(baseUrl);
    this.prefix = this.base.pathname.replace(/\/$/, '');
    const options = { keepAlive: true, maxSockets: maxConnections };
    this.agent = this.base.protocol === 'https:' ? new TlsAgent(options) : new Agent(options);
    this.timeoutMs = timeoutMs;
    this.authorization = `Bearer ${apiKey}`;
  }

  /** Asks for an effect, once for each key; the same call again is always safe. */
  async post<T>(path: string, key: string, content: object, schema: z.ZodType<T>): Promise<T> {
    const body = JSON.stringify(content);
    const headers = {
      authorization: this.authorization,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': key,
    };
    return this.call({ method: 'POST', path, body, headers }, schema);
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.call({ method: 'GET', path, body: '', headers: { authorization: this.authorization } }, schema);
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.agent.destroy();
  }

  private async call<T>(exchange: Exchange, schema: z.ZodType<T>): Promise<T> {
    const { status, text } = await this.exchange(exchange);
    if (status < 200 || status > 299) throw statusFailure(this.source, exchange.method, status, text);
    const parsed = schema.safeParse(readJson(text));
    if (!parsed.success) throw this.failure('defect', 'unreadable-answer', exchange);
    return parsed.data;
  }

  private exchange(exchange: Exchange, again = false): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { method, path, body, headers } = exchange;
      const options = {
        method,
        agent: this.agent,
        host: this.base.hostname.replace(/^\[|\]$/g, ''),
        port: this.base.port,
        path: this.prefix + path,
        headers,
      };
      const req = this.base.protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        req.destroy(new Error('timeout'));
      }, this.timeoutMs);
      let connected = false;
      let answered = false;
      req.on('socket', (socket: Socket) => {
        if (!socket.connecting) connected = true;
        else socket.once('connect', () => (connected = true));
      });
      const fail = (): void => {
        clearTimeout(timer);
        // An idle connection that the other side closed as we took it: nobody read the request, and the key guards it.
        if (req.reusedSocket && !timedOut && !answered && !again) resolve(this.exchange(exchange, true));
        else if (!connected)
          reject(this.failure('unavailable', timedOut ? 'connect-timeout' : 'unreachable', exchange));
        else reject(this.failure('outcome-unknown', timedOut ? 'timeout' : 'connection-lost', exchange));
      };
      req.on('error', fail);
      req.on('response', (res) => {
        answered = true;
        readText(res).then((text) => {
          clearTimeout(timer);
          if (text === null) {
            req.destroy();
            reject(this.failure('defect', 'answer-too-large', exchange));
          } else resolve({ status: res.statusCode ?? 0, text });
        }, fail);
      });
      req.end(body);
    });
  }

  /** A read has no effect, so that nothing about it is unknown. */
  private failure(kind: OutsideFailure['kind'], code: string, { method }: Exchange): OutsideFailure {
    const real = kind === 'outcome-unknown' && method === 'GET' ? 'unavailable' : kind;
    return new OutsideFailure(real, this.source, code, `${this.source}: ${code} on ${method}`);
  }
}

/** null where it is larger than any answer here may be. */
async function readText(res: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of res as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** undefined for what is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
