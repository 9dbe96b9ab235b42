import { z } from 'zod';
import type { KeptReason } from '../../ops/reason';
import { CaseParams } from '../cases/schemas';
import { allEvents } from '../cases/history';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { evidenceCase, WHO_SEES } from './evidence';
import { lookedAt } from './looks';

const reasonRefOf = (event: object): string | undefined => (event as { readonly reasonRef?: string }).reasonRef;

export function reasonRoute(deps: ApiDeps): Route {
  return route({
    method: 'get',
    path: '/v1/cases/{id}/reasons/{reason}',
    tag: 'Evidence',
    operationId: 'getReason',
    summary: 'What was said: the reason of a decision, or a note between colleagues',
    description: '`reason` is the last part of the `reasonRef` of an event or a decision.',
    roles: WHO_SEES,
    params: z.object({ id: CaseParams.shape.id, reason: z.string().regex(/^[\w-]{1,80}$/) }),
    success: {
      status: 200,
      description: 'The words',
      schema: z.object({ text: z.string(), by: z.string() }).meta({ id: 'Reason' }),
    },
    problems: ['case-not-found', 'another-office', 'reason-not-kept', 'validation-failed', 'temporarily-unavailable'],
    async handle({ params, caller }) {
      const { file } = await evidenceCase(deps, params.id, caller);
      // The reason of many cases at once is kept once, so only the case's own events say where.
      const said = (await allEvents(deps.readModel, file.id)).map(({ event }) => reasonRefOf(event));
      const ref = said.find((each) => each?.endsWith(`/${params.reason}`));
      const kept = ref === undefined ? null : await deps.vault.get<KeptReason>(ref);
      if (!kept) throw new Problem('reason-not-kept');
      await lookedAt(deps, caller, [file.subject], file.id);
      return { body: { text: kept.text, by: kept.by } };
    },
  });
}
