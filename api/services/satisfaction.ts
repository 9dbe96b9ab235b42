import { z } from 'zod';
import { instant } from '../../domain/time';
import { seenCase } from '../cases/access';
import { CaseParams } from '../cases/schemas';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { clientOf } from './caller-client';

const Given = z
  .strictObject({
    score: z.int().min(1).max(5),
    comment: z.string().trim().min(1).max(2000).optional().meta({ description: 'Kept with the personal data' }),
  })
  .meta({ id: 'SatisfactionGiven' });
const Kept = z
  .object({ caseId: z.string(), score: z.int(), at: z.string().meta({ format: 'date-time' }) })
  .meta({ id: 'Satisfaction' });

export function satisfactionRoute({ readModel, vault, services, now = Date.now }: ApiDeps): Route {
  return route({
    method: 'post',
    path: '/v1/cases/{id}/satisfaction',
    tag: 'Satisfaction',
    operationId: 'giveSatisfaction',
    summary: 'How satisfied the applicant was, once, after the case has closed',
    description: 'The same answer again is answered as the first time; another one is refused.',
    roles: ['portal'],
    params: CaseParams,
    body: Given,
    success: { status: 201, description: 'On record', schema: Kept },
    problems: [
      'case-not-found',
      'case-not-closed',
      'satisfaction-already-given',
      'validation-failed',
      'unknown-field',
      'person-erased',
      'temporarily-unavailable',
    ],
    async handle({ params, body, caller }) {
      const { client } = clientOf(caller);
      const { file } = await seenCase(readModel, params.id, caller);
      if (file.clientId !== client) throw new Problem('case-not-found');
      if (file.closedAt === undefined) throw new Problem('case-not-closed');
      const { satisfaction } = services;
      const commentRef = body.comment === undefined ? null : `satisfaction/${file.id}`;
      const at = instant(now());
      // The answer first: a comment that was kept for an answer that never was would stand in the way of the next.
      const stands = await satisfaction.give({ caseId: file.id, score: body.score, commentRef, client, at });
      if (stands.score !== body.score || (stands.commentRef === null) !== (commentRef === null))
        throw new Problem('satisfaction-already-given');
      if (commentRef !== null) {
        const comment = { comment: body.comment };
        const kept = await vault.put({ ref: commentRef, person: file.subject, kind: 'satisfaction', value: comment });
        if (kept === 'conflict') throw new Problem('satisfaction-already-given');
      }
      return { body: { caseId: stands.caseId, score: stands.score, at: stands.at } };
    },
  });
}
