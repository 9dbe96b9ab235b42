import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IncidentFilter, Operation } from '../../adapters/operations/port';
import { base32 } from '../../domain/base32';
import type { RetrySteering } from '../../client/operations';
import { reasonIn } from '../../ops/reason';
import { planRetry, previewRetry, steerRetry } from '../../ops/retries';
import { actorAs, type Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { keyIn } from '../http/idempotency-key';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { groupView, incidentView } from './incidents';
import {
  NewRetry,
  OperationParams,
  Preview,
  Reasoned,
  RetryDetail,
  RetryItems,
  RetryList,
  RetryScope,
  RetryView,
} from './schemas';

const PAGE = 200;
const RECENT = 50;
const SHOWN = 20;
const KEY = {
  name: 'Idempotency-Key',
  required: true,
  description: 'The same key again is the same operation',
  example: 'night-2026-11-23-1',
};

/** The same for a retry of the same request by the same operator. */
const operationId = (caller: Caller, key: string): string =>
  `op_${base32(createHash('sha256').update(`${caller.id}\0${key}`).digest()).slice(0, 26)}`;

const viewOf = (operation: Operation): z.output<typeof RetryView> => ({
  ...operation,
  scope: { ...operation.scope },
  acts: [...operation.acts],
});

function scopeOf({ cases, scope = {}, everything }: z.output<typeof RetryScope>): IncidentFilter {
  if (cases === undefined && Object.keys(scope).length === 0 && !everything) throw new Problem('retry-scope-missing');
  return { ...scope, ...(cases ? { cases } : {}) };
}

/** Verified retries of many: workflows, so that they outlive whoever asked for them. */
export function retryRoutes(deps: ApiDeps): Route[] {
  const { ops, vault } = deps;
  const found = async (id: string): Promise<Operation> => {
    const operation = await ops.operations.find(id);
    if (!operation) throw new Problem('operation-not-found');
    return operation;
  };
  const change = (what: RetrySteering, summary: string): Route =>
    route({
      method: 'post',
      path: `/v1/ops/retries/{id}/${what}`,
      tag: 'Operators',
      operationId: `${what}Retry`,
      summary,
      roles: ['operator'],
      params: OperationParams,
      body: Reasoned,
      success: { status: 200, description: 'The retry', schema: RetryView },
      problems: [
        'operation-not-found',
        'operation-ended',
        'validation-failed',
        'unknown-field',
        'engine-silent',
        'temporarily-unavailable',
      ],
      async handle({ params: { id }, body: { reason }, caller }) {
        const operation = await found(id);
        if (operation.endedAt !== null) throw new Problem('operation-ended');
        const ports = { ...ops, engine: () => Promise.resolve(ops.engine), vault, now: Date.now };
        await steerRetry(ports, what, { operation, actor: actorAs(caller, 'operator'), reason });
        return { body: viewOf(await found(id)) };
      },
    });

  return [
    route({
      method: 'post',
      path: '/v1/ops/retry-preview',
      tag: 'Operators',
      operationId: 'previewRetry',
      summary: 'What a retry of this scope would be about; nothing is done',
      roles: ['operator'],
      body: RetryScope,
      success: { status: 200, description: 'Groups and their size, and the first cases', schema: Preview },
      problems: ['retry-scope-missing', 'validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ body }) {
        const { total, underWay, groups, first } = await previewRetry(ops, scopeOf(body), SHOWN);
        return { body: { total, underWay, groups: groups.map(groupView), first: first.map(incidentView) } };
      },
    }),
    route({
      method: 'post',
      path: '/v1/ops/retries',
      tag: 'Operators',
      operationId: 'startRetry',
      summary: 'Retry incidents, so many a second; each is done only when its case has moved past the step',
      roles: ['operator'],
      headers: [KEY],
      body: NewRetry,
      success: { status: 201, description: 'The retry, started', schema: RetryView, headers: ['Location'] },
      problems: [
        'idempotency-key-missing',
        'idempotency-key-reused',
        'retry-scope-missing',
        'no-incident-fits',
        'validation-failed',
        'unknown-field',
        'engine-silent',
        'temporarily-unavailable',
      ],
      async handle({ body, caller, req }) {
        const key = keyIn(req.headers['idempotency-key']);
        const id = operationId(caller, key);
        const scope = scopeOf(body);
        const planned = await planRetry(
          { operations: ops.operations, vault },
          { id, actor: actorAs(caller, 'operator'), reason: body.reason, scope, perSecond: body.perSecond },
        );
        if (planned === 'empty') throw new Problem('no-incident-fits');
        if (planned === 'another') throw new Problem('idempotency-key-reused');
        const operation = await found(id);
        if (operation.endedAt === null)
          await ops.engine.startRetry({ operation: id, perSecond: operation.perSecond, stopped: false });
        return { body: viewOf(await found(id)), headers: { location: `/v1/ops/retries/${id}` } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/ops/retries',
      tag: 'Operators',
      operationId: 'listRetries',
      summary: 'Retries, the newest first',
      roles: ['operator', 'auditor'],
      success: { status: 200, description: 'The newest', schema: RetryList },
      problems: ['temporarily-unavailable'],
      handle: async () => ({ body: { items: (await ops.operations.recent(RECENT)).map(viewOf) } }),
    }),
    route({
      method: 'get',
      path: '/v1/ops/retries/{id}',
      tag: 'Operators',
      operationId: 'getRetry',
      summary: 'How far a retry has come',
      roles: ['operator', 'auditor'],
      params: OperationParams,
      success: { status: 200, description: 'The retry', schema: RetryDetail },
      problems: ['operation-not-found', 'temporarily-unavailable'],
      async handle({ params }) {
        const operation = await found(params.id);
        return { body: { ...viewOf(operation), reason: await reasonIn(vault, operation.reasonRef) } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/ops/retries/{id}/items',
      tag: 'Operators',
      operationId: 'listRetryItems',
      summary: 'What became of each case',
      roles: ['operator', 'auditor'],
      params: OperationParams,
      query: z.strictObject({
        state: RetryItems.shape.items.element.shape.state.optional(),
        after: z.string().max(64).optional(),
      }),
      success: { status: 200, description: 'A page of cases', schema: RetryItems },
      problems: ['operation-not-found', 'validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ params, query: { state, after } }) {
        await found(params.id);
        const items = await ops.operations.items(params.id, {
          limit: PAGE,
          ...(state ? { state } : {}),
          ...(after === undefined ? {} : { after }),
        });
        return { body: { items: [...items], next: items.length === PAGE ? (items.at(-1)?.caseId ?? null) : null } };
      },
    }),
    change('stop', 'Stop a retry: what was not asked yet stays as it is'),
    change('resume', 'Go on with a stopped retry'),
    change('cancel', 'End a retry: what was not asked yet never will be'),
  ];
}
