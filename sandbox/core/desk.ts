import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { between, chance } from './chance';
import type { Entry, Party } from './party';
import { HttpProblem } from './problem';
import { type Call, type Handler, parseJson, type Router, sendJson } from './router';
import type { Scripts } from './scripts';

export interface Outcome<E> {
  readonly status: 200 | 201;
  readonly answer: object;
  readonly entry: E;
}

type Fate = 'answer' | 'ignore' | 'hang' | 'cut' | 'garble';

export function requireBearer(req: IncomingMessage, expected: string): void {
  const given = Buffer.from(req.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${expected}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new HttpProblem(401, 'unauthorised');
}

export function parseWith<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join(', ');
  throw new HttpProblem(400, 'invalid-body', where);
}

/** Where a party's API meets the world: API key, dials, Idempotency-Key. */
export class Desk<E extends Entry> {
  private readonly attempts = new Map<string, number>();

  constructor(
    private readonly router: Router,
    private readonly party: Party<E>,
    private readonly scripts: Scripts,
    private readonly apiKey: string,
    private readonly seed: number,
  ) {}

  /** Something that is looked up. */
  read(path: string, look: (params: Readonly<Record<string, string>>) => object): void {
    this.router.on(
      'GET',
      path,
      this.guarded((call) => ({ status: 200, answer: look(call.params) })),
    );
  }

  /**
   * Something that is done, once for each Idempotency-Key: the same request again gets the first answer and has no
   * second effect, another request under that key gets 422.
   */
  effect<B>(
    path: string,
    schema: z.ZodType<B>,
    act: (body: B, key: string, params: Readonly<Record<string, string>>) => Outcome<E>,
  ): void {
    this.router.on(
      'POST',
      path,
      this.guarded((call) => {
        const key = call.req.headers['idempotency-key'];
        if (typeof key !== 'string' || key === '') throw new HttpProblem(400, 'idempotency-key-missing');
        const digest = createHash('sha256').update(`${call.req.url}\n${call.body}`).digest('base64url');
        const before = this.party.answers.get(key);
        if (before) {
          if (before.digest !== digest) throw new HttpProblem(422, 'idempotency-key-reused');
          return before;
        }
        const body = parseWith(schema, parseJson(call.body));
        const { entry, status, answer } = act(body, key, call.params);
        if (this.scripts.of(entry.caseId).down.includes(this.party.name)) throw new HttpProblem(503, 'down');
        this.party.record(entry, { key, digest, status, answer });
        return { status, answer };
      }),
    );
  }

  private guarded(act: (call: Call) => { readonly status: number; readonly answer: object }): Handler {
    return async (call) => {
      requireBearer(call.req, this.apiKey);
      const fate = await this.meetFate(call.req);
      if (fate === 'ignore') return;
      const { status, answer } = act(call);
      if (fate === 'hang') this.party.faults.doneThenTimeouts += 1;
      if (fate === 'answer') sendJson(call.res, status, answer);
      else if (fate === 'cut') call.req.socket.destroy();
      else if (fate === 'garble') call.res.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    };
  }

  /** What the dials have in store for this request; throws where it is to fail before anything is done. */
  private async meetFate(req: IncomingMessage): Promise<Fate> {
    const { name, faults } = this.party;
    const { latency, errorRate, timeoutRate, doThenTimeoutRate } = this.scripts.dials(name);
    if (latency.max > 0) await pause(between(latency, this.roll(req, 'latency')));
    if (this.scripts.take(name, 'failNext')) throw new HttpProblem(503, 'unavailable');
    if (errorRate > 0 && this.roll(req, 'error') < errorRate) {
      faults.errors += 1;
      throw this.roll(req, 'which-error') < 0.5 ? new HttpProblem(503, 'unavailable') : new HttpProblem(500, 'broken');
    }
    if (timeoutRate > 0 && this.roll(req, 'ignore') < timeoutRate) {
      faults.timeouts += 1;
      return 'ignore';
    }
    if (this.scripts.take(name, 'hangNext')) return 'hang';
    if (this.scripts.take(name, 'cutNext')) return 'cut';
    if (this.scripts.take(name, 'garbleNext')) return 'garble';
    return doThenTimeoutRate > 0 && this.roll(req, 'hang') < doThenTimeoutRate ? 'hang' : 'answer';
  }

  private roll(req: IncomingMessage, what: string): number {
    const key = req.headers['idempotency-key'];
    const request = `${what} ${typeof key === 'string' ? key : req.url}`;
    const attempt = (this.attempts.get(request) ?? 0) + 1;
    this.attempts.set(request, attempt);
    return chance(this.seed, this.party.name, request, attempt);
  }
}
