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
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
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
  const response = await send(filled(path, params) + search, signal ? { signal } : {});
  return (await response.json()) as Success<paths[P] extends { get: infer O } ? O : never>;
}

/** Acts on the case as it was seen; a case that has changed since refuses with 412. */
export async function act(
  seen: Pick<Case, 'id' | 'version'>,
  action: string,
  body: Readonly<Record<string, unknown>> = {},
  keepalive = false,
): Promise<Case> {
  const response = await send(`/v1/cases/${seen.id}/actions/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'if-match': `"${seen.version}"` },
    body: JSON.stringify(body),
    keepalive,
  });
  return (await response.json()) as Case;
}

/** Files a case as staff; the same key again meets the same case. */
export async function file(body: Readonly<Record<string, unknown>>, key: string): Promise<Case> {
  const response = await send('/v1/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Case;
}

/** What would come of an action; nothing is done. */
export async function previewOf(
  id: string,
  action: string,
  body: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  claimFirst = false,
): Promise<Schemas['ActionPreview']> {
  const response = await send(`/v1/cases/${id}/actions/${action}/preview${claimFirst ? '?claimFirst=true' : ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  return (await response.json()) as Schemas['ActionPreview'];
}

export async function image(path: string, signal: AbortSignal): Promise<string> {
  return URL.createObjectURL(await (await send(path, { signal })).blob());
}
