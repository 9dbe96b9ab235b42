import { preferences } from '../preferences';
import { renew } from '../renewal';
import { expire, session } from '../session';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Bilingual = Schemas['BilingualText'];
export type Case = Schemas['Case'];
export type CaseEvent = Schemas['CaseEvent'];
export type CaseListItem = Schemas['CaseListItem'];
export type Evidence = Schemas['Evidence'];
export type FamilyEvidence = Schemas['FamilyEvidence'];
export type Statistics = Schemas['Statistics'];

/** The API answered, and not with what was asked for. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Schemas['ProblemDetails'] | undefined,
  ) {
    super(problem?.code ?? String(status));
    this.name = 'Refused';
  }

  get code(): string {
    return this.problem?.code ?? '';
  }
}

/** Nothing answered: the network, or a server that is not there. The same request again is safe. */
export class Unreachable extends Error {}

const SAID_NOTHING: ReadonlySet<number> = new Set([401, 429]);

/** What was asked for may have been done, or not: only the very same again tells, and does it once. Whoever has to sign in or to wait was not heard. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Refused && (error.status >= 500 || SAID_NOTHING.has(error.status)));

/** The case has changed since: nothing was done. */
export const isStale = (error: unknown): boolean => error instanceof Refused && error.status === 412;

type Success<O> = O extends { responses: infer R }
  ? R[keyof R & (200 | 201)] extends { content: { 'application/json': infer J } }
    ? J
    : never
  : never;
type Query<O> = O extends { parameters: { query?: infer Q } } ? Q : never;
type GetPaths = { [P in keyof paths]: paths[P] extends { get: unknown } ? P : never }[keyof paths];

const filled = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

async function problemOf(response: Response): Promise<Refused> {
  const problem = response.headers.get('content-type')?.includes('problem+json')
    ? ((await response.json()) as Schemas['ProblemDetails'])
    : undefined;
  return new Refused(response.status, problem);
}

export interface Sent extends Omit<RequestInit, 'headers'> {
  readonly headers?: Readonly<Record<string, string>>;
}

async function sendWith(token: string, path: string, init: Sent): Promise<Response> {
  try {
    return await fetch(path, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': preferences().language,
        ...init.headers,
      },
    });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Unreachable();
  }
}

/** A token that is not taken any more is renewed and the request sent again: nothing was done by it. */
export async function send(path: string, init: Sent = {}): Promise<Response> {
  const token = session()?.token ?? '';
  let response = await sendWith(token, path, init);
  if (response.status === 401) {
    const renewed = await renew(token);
    if (renewed === 'unreached') throw new Unreachable();
    if (renewed === 'renewed') response = await sendWith(session()?.token ?? '', path, init);
  }
  if (response.status === 401) expire();
  if (
    response.status >= 502 &&
    response.status <= 504 &&
    !response.headers.get('content-type')?.includes('problem+json')
  )
    throw new Unreachable();
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Milliseconds after which what was asked is given up as unanswered: the API answers sooner for a case, and what operators have it do may take a minute. */
const PATIENCE = 30_000;
const OPERATORS_PATIENCE = 90_000;

/** The whole of an answer, or `Unreachable`: one that does not come in time, or breaks off midway, is none. */
export async function answer<T>(path: string, init: Sent, read: (response: Response) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), path.startsWith('/v1/ops/') ? OPERATORS_PATIENCE : PATIENCE);
  const signal = init.signal ? AbortSignal.any([init.signal, late.signal]) : late.signal;
  try {
    return await read(await send(path, { ...init, signal }));
  } catch (error) {
    if (init.signal?.aborted || error instanceof Refused) throw error;
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

const json = <T>(response: Response): Promise<T> => response.json() as Promise<T>;

export const post = <T>(
  path: string,
  body?: Readonly<Record<string, unknown>>,
  { headers, ...init }: Sent = {},
): Promise<T> =>
  answer<T>(
    path,
    {
      ...init,
      method: 'POST',
      ...(body === undefined
        ? { headers: { ...headers } }
        : { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }),
    },
    json,
  );

export interface Ask<Q> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Q;
  readonly signal?: AbortSignal;
}

export async function get<P extends GetPaths>(
  path: P,
  { params = {}, query, signal }: Ask<Query<paths[P] extends { get: infer O } ? O : never>> = {},
): Promise<Success<paths[P] extends { get: infer O } ? O : never>> {
  const given = Object.entries((query ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const search = given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
  return answer(
    filled(path, params) + search,
    signal ? { signal } : {},
    json<Success<paths[P] extends { get: infer O } ? O : never>>,
  );
}

/** Acts on the case as it was seen; a case that has changed since refuses with 412. */
export const act = (
  seen: Pick<Case, 'id' | 'version'>,
  action: string,
  body: Readonly<Record<string, unknown>> = {},
  keepalive = false,
): Promise<Case> =>
  post(`/v1/cases/${seen.id}/actions/${action}`, body, { headers: { 'if-match': `"${seen.version}"` }, keepalive });

/** Files a case as staff; the same key again meets the same case. */
export const file = (body: Readonly<Record<string, unknown>>, key: string): Promise<Case> =>
  post('/v1/cases', body, { headers: { 'idempotency-key': key } });

/** What would come of an action; nothing is done. */
export const previewOf = (
  id: string,
  action: string,
  body: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  claimFirst = false,
): Promise<Schemas['ActionPreview']> =>
  post(`/v1/cases/${id}/actions/${action}/preview${claimFirst ? '?claimFirst=true' : ''}`, body, { signal });

export const image = async (path: string, signal: AbortSignal): Promise<string> =>
  URL.createObjectURL(await answer(path, { signal }, (response) => response.blob()));
