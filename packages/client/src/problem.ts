import type { components } from './api';

export type ProblemDetails = components['schemas']['ProblemDetails'];
export type ProblemCode = components['schemas']['ProblemCode'];

/** Whether the very same request may succeed later. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What is wrong with which field: of a problem, so that a line of a log is enough. */
const fieldsOf = ({ errors = [] }: ProblemDetails): string[] =>
  errors.map(({ path, message }) => `${path || '/'}: ${message.en}`);

/** The API answered with a problem. `code` is for branching, `problem.titles` for showing. */
export class TajdidProblem extends Error {
  readonly status: number;
  readonly code: ProblemCode | 'unreadable';
  /** The same request again is safe, and may succeed: wait `retryAfterMs`. */
  readonly retryable: boolean;

  constructor(
    readonly problem: ProblemDetails | undefined,
    status: number,
    /** Milliseconds that the API asks to wait, where it says. */
    readonly retryAfterMs: number | undefined,
  ) {
    super(
      problem
        ? `${[`${problem.code}: ${problem.detail ?? problem.title}`, ...fieldsOf(problem)].join('; ')} (${problem.instance})`
        : `HTTP ${status} without a problem in its body`,
    );
    this.name = 'TajdidProblem';
    this.status = status;
    this.code = problem?.code ?? 'unreadable';
    this.retryable = PASSING.has(status) && this.code !== 'too-many-guesses';
  }

  /** Whether it is one of these problems. */
  is(...codes: readonly ProblemCode[]): boolean {
    return codes.some((code) => code === this.code);
  }
}

/** The identity provider gave no token. */
export class TokenProblem extends Error {
  /** The same request may succeed later: wait `retryAfterMs`. */
  readonly retryable: boolean;

  constructor(
    readonly status: number,
    readonly retryAfterMs: number | undefined,
  ) {
    super(`the identity provider answered ${status} to a request for a token`);
    this.name = 'TokenProblem';
    this.retryable = PASSING.has(status);
  }
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

export const tokenProblemFrom = (response: Response): TokenProblem =>
  new TokenProblem(response.status, retryAfterOf(response));

const isProblem = (body: unknown): body is ProblemDetails =>
  typeof body === 'object' && body !== null && 'type' in body && 'code' in body && 'titles' in body;

export const problemFrom = (response: Response, body: unknown): TajdidProblem =>
  new TajdidProblem(isProblem(body) ? body : undefined, response.status, retryAfterOf(response));

/** What a call answered, or a TajdidProblem thrown; an answer without a body (204) has no `data`. */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<{ data: T; response: Response }> {
  const { data, error, response } = await call;
  if (!response.ok || (data === undefined && response.status !== 204)) throw problemFrom(response, error);
  return { data: data as T, response };
}
