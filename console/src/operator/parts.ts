import { post as send, type Schemas } from '../api/client';
import type { paths } from '../api/schema';
import { date, duration, inDigits, number, shortDate, time } from '../format';
import { preferences } from '../preferences';
import { named, t } from '../words';

type Read<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer J } } } };
}
  ? J
  : never;

type Answered<P extends keyof paths> = paths[P] extends {
  post: { responses: { 200: { content: { 'application/json': infer J } } } };
}
  ? J
  : never;

export type IncidentGroup = Read<'/v1/ops/incidents'>['items'][number];
export type IncidentCase = Read<'/v1/ops/incident-cases'>['items'][number];
export type Explained = Read<'/v1/ops/cases/{id}'>;
export type Ledgers = Read<'/v1/ops/cases/{id}/ledgers'>;
export type Retry = Read<'/v1/ops/retries/{id}'>;
export type RetryPreview = Answered<'/v1/ops/retry-preview'>;
export type RetryRow = Read<'/v1/ops/retries'>['items'][number];
export type RetryItem = Read<'/v1/ops/retries/{id}/items'>['items'][number];
export type ItemState = RetryItem['state'];
export type ProposedRepair = Read<'/v1/ops/repairs'>['items'][number];
export type Versions = Read<'/v1/ops/versions'>;
export type CaseVersion = Read<'/v1/ops/case-versions'>['items'][number];
export type Finding = Read<'/v1/ops/doctor'>['items'][number];
export type Act = Read<'/v1/ops/acts'>['items'][number];
export type StallGroup = Read<'/v1/ops/incidents'>['stalls'][number];
export type AuditPart = Read<'/v1/ops/audit'>;
export type Remedy = NonNullable<Explained['remedy']>;

/** Stands for the whole system where a finding is about no single case. */
export const EVERYTHING = '*';

export const SCOPE = ['source', 'code', 'type', 'step', 'office'] as const;
export type Scope = Partial<Record<(typeof SCOPE)[number], string>>;

export const scopeOf = (query: URLSearchParams): Scope =>
  Object.fromEntries(SCOPE.flatMap((name) => (query.get(name) ? [[name, query.get(name) ?? '']] : [])));
export const queryOf = (scope: Scope): string => new URLSearchParams(scope).toString();

/** Number and noun agree, in Arabic too. */
export function caseCount(count: number): string {
  const form = new Intl.PluralRules(preferences().language).select(count);
  return t(`ops.caseCount.${count === 0 ? 'zero' : form}`, { n: number(count) });
}

/** "Card bureau answers 503": what is wrong, said once for all the cases that it stops. */
export function causeOf({ source, code }: { readonly source: string; readonly code: string }): string {
  const who = named('ops.sources', source);
  const status = /^http-(\d{3})$/.exec(code)?.[1];
  return status === undefined
    ? t('ops.answers', { source: who, what: named('ops.codes', code) })
    : t('ops.answersHttp', { source: who, code: inDigits(status) });
}

/** Only the time for today, the day too for earlier. */
export const since = (at: string): string =>
  date(at) === date(new Date().toISOString()) ? time(at) : `${shortDate(at)} ${time(at)}`;

/** In tenths below one. */
export const rateText = (perSecond: number): string => number(perSecond, 1);
/** How long so many cases take at this rate, in words; below a minute in seconds. */
export function atLeast(cases: number, perSecond: number): string {
  const seconds = Math.ceil(cases / perSecond);
  if (seconds >= 60) return duration(seconds * 1000);
  return preferences().language === 'ar' ? `${number(seconds)} ث` : `${number(seconds)}s`;
}

export const post = <J>(
  path: string,
  body?: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<J> => send<J>(path, body, { headers, ...(signal === undefined ? {} : { signal }) });

export type CaseEvent = Schemas['CaseEvent'];
