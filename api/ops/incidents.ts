import { z } from 'zod';
import { effectsOf, standing, type Effect } from '../../ops/effects';
import { explainCase } from '../../ops/explain';
import { restartCase } from '../../ops/restart';
import { stallTexts, type StallKind } from '../../ops/stalls';
import { remedyFor } from '../../ops/remedies';
import type { IncidentGroup, OpenIncident } from '../../adapters/operations/port';
import { caseTypeNamed } from '../../workflows/case-types';
import { actorAs } from '../auth/caller';
import { textOf } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import {
  CaseExplained,
  IncidentCases,
  IncidentGroups,
  Ledgers,
  OpsCaseParams,
  Reasoned,
  Restarted,
  Scope,
} from './schemas';

/** The log of each case of a page is read. */
const PAGE = 50;

/** A group with its steps in words. */
export const groupView = (group: IncidentGroup) => ({
  ...group,
  types: [...group.types],
  steps: [...group.steps],
  stepTexts: group.steps.map((step) => textOf(caseTypeNamed(group.types[0] ?? ''), 'steps', step)),
});

/** A case of a group, with its status under the incident and what it has made outside so far. */
export const incidentView = ({ effects, ...item }: OpenIncident & { readonly effects: readonly Effect[] }) => {
  const type = caseTypeNamed(item.type);
  return {
    ...item,
    texts: { status: textOf(type, 'statuses', item.stage), step: textOf(type, 'steps', item.incident.step) },
    effects: effects.map(({ kind, what }) => ({ kind, what })),
  };
};

/** What operators look at. */
export function incidentRoutes({ ops, readModel, vault }: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/ops/incidents',
      tag: 'Operators',
      operationId: 'listIncidents',
      summary: 'Incidents by cause, the largest group first, each with its remedy',
      roles: ['operator', 'auditor', 'analyst'],
      query: Scope,
      success: { status: 200, description: 'The groups', schema: IncidentGroups },
      problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
      handle: async ({ query }) => ({
        body: {
          stalls: (await ops.stalls.groups()).map((group) => {
            const { what: text, remedy } = stallTexts[group.what as StallKind];
            return { ...group, text, remedy };
          }),
          items: (await ops.operations.incidentGroups(query)).map((group) => ({
            ...groupView(group),
            remedy: remedyFor(group),
          })),
        },
      }),
    }),
    route({
      method: 'get',
      path: '/v1/ops/incident-cases',
      tag: 'Operators',
      operationId: 'listIncidentCases',
      summary: 'The cases of a group, one by one',
      roles: ['operator', 'auditor'],
      query: Scope.extend({ after: OpsCaseParams.shape.id.optional() }),
      success: { status: 200, description: 'A page of cases', schema: IncidentCases },
      problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ query: { after, ...scope } }) {
        const items = await ops.operations.incidents(scope, { limit: PAGE, ...(after === undefined ? {} : { after }) });
        const seen = await Promise.all(
          items.map(async (item) =>
            incidentView({ ...item, effects: standing(effectsOf(await ops.log.eventsAfter(item.caseId, 0))) }),
          ),
        );
        return { body: { items: seen, next: items.length === PAGE ? (items.at(-1)?.caseId ?? null) : null } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/ops/cases/{id}',
      tag: 'Operators',
      operationId: 'explainCase',
      summary:
        'Why a case stands where it stands: incident, remedy, effects, what can be repaired, and the steps it can go back to',
      roles: ['operator', 'auditor'],
      params: OpsCaseParams,
      success: { status: 200, description: 'The case, for who has to get it going', schema: CaseExplained },
      problems: ['case-not-found', 'temporarily-unavailable'],
      async handle({ params }) {
        const explained = await explainCase(
          { readModel, log: ops.log, stalls: ops.stalls, view: (id) => ops.engine.view(id) },
          params.id,
        );
        if (!explained) throw new Problem('case-not-found');
        const { incident } = explained;
        const stepText = incident ? textOf(caseTypeNamed(explained.type), 'steps', incident.step) : null;
        return { body: { ...explained, stepText } as z.output<typeof CaseExplained> };
      },
    }),
    route({
      method: 'post',
      path: '/v1/ops/cases/{id}/restart',
      tag: 'Operators',
      operationId: 'restartCase',
      summary: 'End the run of a case that does not fit the code, and begin another one from its log',
      roles: ['operator'],
      params: OpsCaseParams,
      body: Reasoned,
      success: { status: 200, description: 'The new run', schema: Restarted },
      problems: [
        'case-not-found',
        'case-closed',
        'validation-failed',
        'unknown-field',
        'engine-silent',
        'temporarily-unavailable',
      ],
      async handle({ params, body: { reason }, caller }) {
        const { acts, engine } = ops;
        const order = { caseId: params.id, actor: actorAs(caller, 'operator'), reason };
        const begun = await restartCase({ acts, engine, readModel, vault }, order);
        if (begun === 'unknown') throw new Problem('case-not-found');
        if (begun === 'ended') throw new Problem('case-closed');
        return { body: { runId: begun.runId, status: begun.status } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/ops/cases/{id}/ledgers',
      tag: 'Operators',
      operationId: 'compareLedgers',
      summary: 'What a case’s log says it has made, beside what the outside says',
      roles: ['operator', 'auditor'],
      params: OpsCaseParams,
      success: { status: 200, description: 'Line by line', schema: Ledgers },
      problems: ['case-not-found', 'engine-silent', 'temporarily-unavailable'],
      async handle({ params }) {
        if (!(await readModel.caseById(params.id))) throw new Problem('case-not-found');
        const items = [...(await ops.engine.ledgersOf(params.id))];
        return { body: { agrees: items.every(({ agrees }) => agrees), items } };
      },
    }),
  ];
}
