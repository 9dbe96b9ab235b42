import type { Request, Response } from 'express';
import { z } from 'zod';
import type { RouteLocals } from '../http/locals';
import type { Bilingual, Refusal } from '../../domain/refusal';
import { catalogue, codeOfRefusal, problemType, type ProblemCode } from './catalogue';

export const BilingualText = z.object({ ar: z.string(), en: z.string() }).meta({ id: 'BilingualText' });

export const FieldProblem = z
  .object({
    path: z.string().meta({ description: 'Where it stands, as a JSON pointer', example: '/application/photo' }),
    code: z.string(),
    message: BilingualText,
    didYouMean: z.string().optional(),
  })
  .meta({ id: 'FieldProblem' });
export type FieldProblem = z.infer<typeof FieldProblem>;

/** RFC 9457, with both languages. */
export const ProblemDetails = z
  .object({
    type: z.url(),
    code: z.string().meta({ description: 'The last part of `type`' }),
    title: z.string().meta({ description: 'In the language of Accept-Language, else English' }),
    titles: BilingualText,
    status: z.int(),
    detail: z.string().optional(),
    details: BilingualText.optional(),
    instance: z.string().meta({ description: 'This one request, to quote when asking for support' }),
    errors: z.array(FieldProblem).optional(),
  })
  .meta({ id: 'ProblemDetails' });
export type ProblemDetails = z.infer<typeof ProblemDetails>;

export interface ProblemMore {
  /** Must never quote what came in. */
  readonly detail?: Bilingual;
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown wherever a request cannot be answered; sent as problem details. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly more: ProblemMore = {},
  ) {
    super(code);
    this.name = 'Problem';
  }
}

export const problemOf = (refusal: Refusal): Problem =>
  new Problem(codeOfRefusal(refusal), { detail: refusal.message });

export const instanceOf = (requestId: unknown): string => `urn:request:${String(requestId)}`;

function detailsOf({ code, more }: Problem, language: 'ar' | 'en', requestId: string | undefined): ProblemDetails {
  const { status, title } = catalogue[code];
  return {
    type: problemType(code),
    code,
    title: title[language],
    titles: title,
    status,
    ...(more.detail ? { detail: more.detail[language], details: more.detail } : {}),
    instance: instanceOf(requestId),
    ...(more.errors ? { errors: [...more.errors] } : {}),
  };
}

export function sendProblem(req: Request, res: Response, problem: Problem): void {
  const language = req.acceptsLanguages('en', 'ar') === 'ar' ? 'ar' : 'en';
  const { status } = catalogue[problem.code];
  res.status(status);
  if (problem.more.headers) res.set(problem.more.headers);
  if (status === 401 && !res.hasHeader('www-authenticate')) res.set('www-authenticate', 'Bearer');
  if (status === 503 && !res.hasHeader('retry-after')) res.set('retry-after', '2');
  res.set('cache-control', 'no-store');
  res
    .type('application/problem+json')
    .send(JSON.stringify(detailsOf(problem, language, (res.locals as RouteLocals).requestId)));
}
