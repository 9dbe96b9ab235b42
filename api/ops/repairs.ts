import { z } from 'zod';
import { caseTypeNamed } from '../../workflows/case-types';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { nextAfter, statusText } from './open-cases';
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
        const cases = await ops.overview.proposedRepairs({ limit: REPAIRS, ...(after === undefined ? {} : { after }) });
        const items = cases.flatMap((each) => {
          const { caseId, type, office, version, file } = each;
          const { repair } = file;
          if (!repair) return [];
          const fact = caseTypeNamed(type)?.repairable?.[repair.field];
          return [
            {
              caseId,
              type,
              office,
              version,
              field: repair.field,
              title: fact?.title ?? { ar: repair.field, en: repair.field },
              now: fact?.read(file) ?? null,
              value: String(repair.value),
              by: repair.by,
              at: repair.at,
              texts: { status: statusText(each) },
            },
          ];
        });
        return { body: { items, next: nextAfter(cases, REPAIRS) } };
      },
    }),
  ];
}
