import { z } from 'zod';
import type { OverviewCase } from '../../adapters/operations/overview-port';
import { versionsInUse } from '../../ops/versions';
import { caseTypeNamed } from '../../workflows/case-types';
import { textOf } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { CaseVersions, CaseVersionsQuery, OpsCaseParams, Repairs, Versions } from './schemas';

/** The engine is asked about each case of a page. */
const PAGE = 25;
const REPAIRS = 100;

const statusText = ({ type, status }: OverviewCase) => textOf(caseTypeNamed(type), 'statuses', status);
const nextOf = (items: readonly OverviewCase[], limit: number): string | null =>
  items.length === limit ? (items.at(-1)?.caseId ?? null) : null;

/** Which code and policy open cases run, and what waits for a second person. */
export function overviewRoutes({ ops }: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/ops/versions',
      tag: 'Operators',
      operationId: 'listVersions',
      summary: 'Worker versions and policy versions with the open cases of each, and the workers that ask for work',
      roles: ['operator', 'auditor'],
      success: { status: 200, description: 'Versions and workers', schema: Versions },
      problems: ['temporarily-unavailable'],
      async handle() {
        const { deployment, workers, policies, ...rest } = await versionsInUse(ops);
        return {
          body: {
            ...rest,
            deployment: deployment && { ...deployment, versions: [...deployment.versions] },
            workers: [...workers],
            policies: [...policies],
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/v1/ops/case-versions',
      tag: 'Operators',
      operationId: 'listCaseVersions',
      summary: 'Open cases, each with the code and the policy version that it runs',
      roles: ['operator', 'auditor'],
      query: CaseVersionsQuery,
      success: { status: 200, description: 'A page of cases', schema: CaseVersions },
      problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ query: { after, ...filter } }) {
        const cases = await ops.overview.openCases(filter, { limit: PAGE, ...(after === undefined ? {} : { after }) });
        const items = await Promise.all(
          cases.map(async (each) => {
            const view = await ops.engine.view(each.caseId);
            const { caseId, type, office, version, filedAt, policyVersion } = each;
            return {
              caseId,
              type,
              office,
              version,
              filedAt,
              policyVersion,
              texts: { status: statusText(each) },
              engine: view && {
                status: view.status,
                events: view.events,
                behaviour: view.deployment?.behaviour ?? 'unversioned',
                workerVersion: view.deployment?.buildId ?? null,
              },
            };
          }),
        );
        return { body: { items, next: nextOf(cases, PAGE) } };
      },
    }),
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
        return { body: { items, next: nextOf(cases, REPAIRS) } };
      },
    }),
  ];
}
