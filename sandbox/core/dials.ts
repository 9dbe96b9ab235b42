import { z } from 'zod';

export const partyNames = ['payments', 'card-bureau', 'courier', 'messages', 'notices'] as const;
export type PartyName = (typeof partyNames)[number];

const rate = z.number().min(0).max(1).default(0);
const range = z
  .strictObject({ min: z.number().int().min(0), max: z.number().int().min(0) })
  .refine((r) => r.min <= r.max)
  .default({ min: 0, max: 0 });
const count = z.number().int().min(0).default(0);

/** How a party misbehaves, and whether it acts of itself. What is not given is off; by default everything works at once. */
export const Dials = z.strictObject({
  /** Milliseconds before each answer. */
  latency: range,
  /** Answers 500 or 503, evenly, before doing anything. */
  errorRate: rate,
  /** Never answers, nothing done. */
  timeoutRate: rate,
  /** Does it, then never answers. */
  doThenTimeoutRate: rate,
  /** The next n requests: 503, nothing done. */
  failNext: count,
  /** The next n requests: done, never answered. */
  hangNext: count,
  /** The next n requests: done, the connection cut without an answer. */
  cutNext: count,
  /** The next n requests: done, answered with something that is no JSON. */
  garbleNext: count,
  webhooks: z
    .strictObject({
      lostRate: rate,
      doubledRate: rate,
      /** Each is held back for 0 to this many milliseconds, so that they overtake each other. */
      shuffleMs: count,
    })
    .default({ lostRate: 0, doubledRate: 0, shuffleMs: 0 }),
  /** Whether payments are paid, cards printed and parcels delivered without anybody asking. */
  automatic: z.boolean().default(true),
  /** Milliseconds until an automatic step. */
  automaticAfter: range,
});
export type Dials = z.infer<typeof Dials>;

export const defaultDials = (): Dials => Dials.parse({});

/** The countdowns, without which dials outlive a restart. */
export const withoutCountdowns = (dials: Dials): Dials => ({
  ...dials,
  failNext: 0,
  hangNext: 0,
  cutNext: 0,
  garbleNext: 0,
});

const mode = z.enum(['automatic', 'manual']).optional();

/** What becomes of one case, whatever the dials say. */
export const CaseScript = z.strictObject({
  payments: mode,
  'card-bureau': mode,
  courier: mode,
  payment: z.enum(['capture', 'capture-twice', 'decline']).default('capture'),
  print: z.enum(['print', 'fail', 'fail-first']).default('print'),
  delivery: z.enum(['deliver', 'fail', 'fail-first']).default('deliver'),
  pickup: z.enum(['collect', 'leave']).default('collect'),
  /** These answer 503 to every request that names the case. */
  down: z.array(z.enum(partyNames)).default([]),
});
export type CaseScript = z.infer<typeof CaseScript>;

export const defaultScript: CaseScript = CaseScript.parse({});
