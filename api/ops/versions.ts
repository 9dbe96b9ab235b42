import type { z } from 'zod';
import { caseVersions, promoteVersion, rampVersion, versionsInUse } from '../../ops/versions';
import { actorAs } from '../auth/caller';
import { statusText } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { CaseVersions, CaseVersionsQuery, Promotion, Ramp, Versions } from './version-schemas';

/** The engine is asked about each case of a page. */
const PAGE = 25;

const routingProblems = [
  'version-not-at-work',
  'validation-failed',
  'unknown-field',
  'engine-silent',
  'temporarily-unavailable',
] as const;

/** Which code and policy open cases run, and on which version new cases begin. */
export function versionRoutes({ ops, vault }: ApiDeps): Route[] {
  const seen = async (): Promise<z.output<typeof Versions>> => {
    const { deployment, workers, policies, ...rest } = await versionsInUse(ops);
    return {
      ...rest,
      deployment: deployment && { ...deployment, versions: [...deployment.versions] },
      workers: [...workers],
      policies: [...policies],
    };
  };
  return [
    route({
      method: 'get',
      path: '/v1/ops/versions',
      tag: 'Operators',
      operationId: 'listVersions',
      summary: 'Worker versions and policy versions with the open cases of each, and the workers that ask for work',
      roles: ['operator', 'auditor'],
      success: { status: 200, description: 'Versions and workers', schema: Versions },
      problems: ['engine-silent', 'temporarily-unavailable'],
      handle: async () => ({ body: await seen() }),
    }),
    route({
      method: 'post',
      path: '/v1/ops/promotions',
      tag: 'Operators',
      operationId: 'promoteVersion',
      summary: 'Make a worker version the current one; with the version before, a rollback',
      description:
        'New cases begin on it, and waiting ones move to it with their next step. Nothing changes unless its workers ask for work on every queue. Check it with `tajdid release` first.',
      roles: ['operator'],
      body: Promotion,
      success: { status: 200, description: 'The versions as they are then', schema: Versions },
      problems: routingProblems,
      async handle({ body: { version: buildId, reason }, caller }) {
        await promoteVersion({ ...ops, vault }, { buildId, actor: actorAs(caller, 'operator'), reason });
        return { body: await seen() };
      },
    }),
    route({
      method: 'post',
      path: '/v1/ops/ramps',
      tag: 'Operators',
      operationId: 'rampVersion',
      summary: 'Let a share of new cases begin on a worker version first',
      roles: ['operator'],
      body: Ramp,
      success: { status: 200, description: 'The versions as they are then', schema: Versions },
      problems: routingProblems,
      async handle({ body: { version: buildId, percent, reason }, caller }) {
        await rampVersion({ ...ops, vault }, { buildId, percent, actor: actorAs(caller, 'operator'), reason });
        return { body: await seen() };
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
      problems: ['validation-failed', 'unknown-field', 'engine-silent', 'temporarily-unavailable'],
      async handle({ query: { after, ...filter } }) {
        const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
        const { items, next } = await caseVersions(ops, filter, page);
        return {
          body: {
            items: items.map(({ status, ...item }) => ({ ...item, texts: { status: statusText(item.type, status) } })),
            next,
          },
        };
      },
    }),
  ];
}
