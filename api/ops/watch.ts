import { z } from 'zod';
import { stallTexts, type StallKind } from '../../ops/stalls';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { ScanCounts, StallList } from './schemas';

const MOST = 500;

/** What the stall watch has found. */
export function watchRoutes({ ops }: ApiDeps): Route[] {
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
      success: { status: 200, description: 'What was found', schema: ScanCounts },
      problems: ['temporarily-unavailable'],
      handle: async () => ({ body: await ops.engine.scanNow() }),
    }),
  ];
}
