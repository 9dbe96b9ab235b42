import { z } from 'zod';
import { repairsToDecide } from '../../ops/repairs';
import { statusText } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { OpsCaseParams, Repairs } from './schemas';

const REPAIRS = 100;

/** What waits for a second person. */
export function repairRoutes({ ops }: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/ops/repairs',
      tag: 'Operators',
      operationId: 'listProposedRepairs',
      summary: 'Repairs that wait for a second person',
      roles: ['operator', 'supervisor', 'auditor'],
      query: z.strictObject({ after: OpsCaseParams.shape.id.optional() }),
      success: { status: 200, description: 'A page of repairs', schema: Repairs },
      problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ query: { after } }) {
        const page = { limit: REPAIRS, ...(after === undefined ? {} : { after }) };
        const { items, next } = await repairsToDecide(ops.overview, page);
        return {
          body: {
            items: items.map((item) => {
              const { caseId, type, status, office, version, field, title, now, value, by, at } = item;
              const texts = { status: statusText(type, status) };
              return { caseId, type, office, version, field, title, now, value, by, at, texts };
            }),
            next,
          },
        };
      },
    }),
  ];
}
