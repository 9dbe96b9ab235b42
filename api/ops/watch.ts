import { z } from 'zod';
import { stallTexts, type StallKind } from '../../ops/stalls';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { recentActs } from '../../ops/acts';
import { scanOnRecord } from '../../ops/scan';
import { actorAs } from '../auth/caller';
import { examine } from '../../ops/doctor';
import { ActsQuery, Findings, OperatorActs, ScanCounts, ScanOrder, StallList } from './schemas';

const MOST = 500;
const ACTS = 50;

/** What the stall watch has found. */
export function watchRoutes({ ops, vault, settings }: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/ops/stalls',
      tag: 'Operators',
      operationId: 'listStalls',
      summary: 'Waits that have gone silent, each with its remedy',
      roles: ['operator', 'auditor'],
      query: z.strictObject({ all: z.enum(['true', 'false']).default('false') }),
      success: { status: 200, description: 'What is open, or all', schema: StallList },
      problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ query }) {
        const stalls = await ops.stalls.list({ open: query.all === 'false', limit: MOST });
        return {
          body: {
            items: stalls.map((stall) => {
              const texts = stallTexts[stall.what as StallKind];
              return { ...stall, text: texts?.what ?? null, remedy: texts?.remedy ?? null };
            }),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/v1/ops/stall-scans',
      tag: 'Operators',
      operationId: 'scanStalls',
      summary: 'Look for stalls now, and wake what can be woken',
      roles: ['operator'],
      body: ScanOrder,
      success: { status: 200, description: 'What was found', schema: ScanCounts },
      problems: ['validation-failed', 'unknown-field', 'engine-silent', 'temporarily-unavailable'],
      async handle({ body, caller }) {
        const ports = { ...ops, engine: () => Promise.resolve(ops.engine), vault, now: Date.now };
        return { body: await scanOnRecord(ports, { ...body, actor: actorAs(caller, 'operator') }) };
      },
    }),
    route({
      method: 'get',
      path: '/v1/ops/doctor',
      tag: 'Operators',
      operationId: 'examine',
      summary: 'Engine, database, clocks, versions, keys and webhooks, as the API sees them: is everything well?',
      roles: ['operator', 'auditor'],
      success: { status: 200, description: 'One finding for each check', schema: Findings },
      problems: ['temporarily-unavailable'],
      async handle() {
        const findings = await examine({
          vitals: ops.vitals,
          engine: () => Promise.resolve(ops.engine),
          vault,
          stalls: ops.stalls,
          // Whoever asks has just been vouched for.
          signIn: () => Promise.resolve(settings.issuer),
          deployed: () => ops.deployments.describe(ops.deployment),
          production: true,
          now: Date.now,
        });
        return { body: { items: [...findings] } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/ops/acts',
      tag: 'Operators',
      operationId: 'listOperatorActs',
      summary: 'What operators did to the system as a whole, the newest first, each with who and why',
      roles: ['operator', 'auditor'],
      query: ActsQuery,
      success: { status: 200, description: 'A page of acts', schema: OperatorActs },
      problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ query: { before } }) {
        const items = [...(await recentActs({ acts: ops.acts, vault }, ACTS, before))];
        return { body: { items, next: items.length === ACTS ? (items.at(-1)?.seq ?? null) : null } };
      },
    }),
  ];
}
