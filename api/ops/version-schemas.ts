import { z } from 'zod';
import { Reason } from '../http/reason';
import { CaseId, Text, Word } from './schemas';

export const Versions = z.object({
  deployment: z
    .object({
      name: z.string(),
      current: z.string().nullable(),
      ramping: z.object({ buildId: z.string(), percent: z.number() }).nullable(),
      versions: z.array(
        z.object({
          buildId: z.string(),
          state: z.string(),
          since: z.string().nullable(),
          cases: z.int().meta({ description: 'Open cases that run on it' }),
        }),
      ),
    })
    .nullable(),
  unversioned: z.int().meta({ description: 'Open cases that run on no version' }),
  workers: z.array(z.object({ identity: z.string(), lastSeen: z.string(), buildId: z.string().optional() })),
  policies: z
    .array(z.object({ type: z.string(), policyVersion: z.string(), cases: z.int(), oldest: z.string() }))
    .meta({ description: 'Open cases by policy version' }),
});

export const CaseVersionsQuery = z.strictObject({
  type: Word.optional(),
  policyVersion: Word.optional(),
  after: CaseId.optional(),
});
export const CaseVersions = z.object({
  items: z.array(
    z.object({
      caseId: z.string(),
      type: z.string(),
      office: z.string(),
      version: z.int(),
      filedAt: z.string(),
      policyVersion: z.string(),
      texts: z.object({ status: Text }),
      engine: z
        .object({ status: z.string(), events: z.int(), behaviour: z.string(), workerVersion: z.string().nullable() })
        .nullable()
        .meta({ description: 'null: the engine does not know it' }),
    }),
  ),
  next: z.string().nullable(),
});

/** As WORKER_BUILD_ID names it. */
const BuildId = z
  .string()
  .regex(/^[\w.:+/-]{1,128}$/)
  .meta({ description: 'As WORKER_BUILD_ID names it' });

export const Promotion = z.strictObject({ version: BuildId, reason: Reason });
export const Ramp = z.strictObject({
  version: BuildId,
  percent: z.number().min(0).max(100).meta({ description: 'Of new cases; 0 takes the ramp back' }),
  reason: Reason,
});
