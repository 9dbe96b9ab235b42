import { z } from 'zod';
import { itemStates } from '../../adapters/operations/port';
import { Reason } from '../http/reason';

export const Word = z.string().regex(/^[\w.:-]{1,64}$/);
export const CaseId = z.string().regex(/^[\w-]{1,64}$/);
export const Text = z.strictObject({ ar: z.string(), en: z.string() });
const Actor = z.object({ id: z.string(), role: z.string(), office: z.string().optional() });

export const Scope = z.strictObject({
  source: Word.optional(),
  code: Word.optional(),
  type: Word.optional(),
  step: Word.optional(),
  office: Word.optional(),
});

const Remedy = z.object({ action: z.enum(['retry', 'repair', 'release', 'look']), text: Text, runbook: z.string() });

export const IncidentGroups = z.object({
  items: z.array(
    z.object({
      source: z.string(),
      code: z.string(),
      kind: z.string(),
      cases: z.int(),
      retrying: z.int(),
      since: z.string(),
      last: z.string(),
      types: z.array(z.string()),
      steps: z.array(z.string()),
      stepTexts: z.array(Text),
      example: z.string(),
      message: z.string(),
      remedy: Remedy,
    }),
  ),
  stalls: z
    .array(
      z.object({
        what: z.string(),
        text: Text,
        cases: z.int(),
        since: z.string(),
        last: z.string(),
        example: z.string(),
        remedy: Text,
      }),
    )
    .meta({ description: 'Waits that have gone silent, by how; they are of no party and in no scope' }),
});

const Incident = z.object({
  step: z.string(),
  since: z.string(),
  last: z.string(),
  attempts: z.int(),
  kind: z.string(),
  source: z.string(),
  code: z.string(),
  message: z.string(),
  retrying: z.boolean(),
});

export const IncidentCases = z.object({
  items: z.array(
    z.object({
      caseId: z.string(),
      type: z.string(),
      stage: z.string(),
      office: z.string(),
      version: z.int(),
      incident: Incident,
      texts: z.object({ status: Text, step: Text }),
      effects: z.array(z.object({ kind: z.string(), what: Text })).meta({ description: 'Made so far, and standing' }),
    }),
  ),
  next: z.string().nullable(),
});

export const CaseExplained = z.object({
  id: z.string(),
  type: z.string(),
  status: z.string(),
  version: z.int(),
  office: z.string(),
  policyVersion: z.string(),
  waitingFor: z
    .object({ what: z.string(), who: z.string(), since: z.string(), until: z.string(), otherwise: z.string() })
    .nullable(),
  incident: Incident.nullable(),
  stepText: Text.nullable().meta({ description: 'The step of the incident, in words' }),
  remedy: Remedy.nullable(),
  stalls: z
    .array(z.object({ what: z.string(), text: Text, detail: Text, since: z.string(), remedy: Text }))
    .meta({ description: 'How its wait has gone silent, if it has' }),
  effects: z.array(
    z.object({
      key: z.string(),
      kind: z.string(),
      what: Text,
      version: z.int(),
      at: z.string(),
      undoneBy: z.int().optional(),
    }),
  ),
  engine: z
    .union([z.object({ status: z.string(), events: z.int(), workerVersion: z.string() }), z.literal('silent')])
    .nullable()
    .meta({ description: 'null: the engine knows no run of it. `silent`: it does not answer; the rest is in the log' }),
  repairable: z.array(z.object({ field: z.string(), title: Text, value: z.string(), secondPerson: z.boolean() })),
  resets: z.array(
    z.object({ step: z.string(), title: Text, effects: z.array(z.string()), pinOnly: z.array(z.string()) }),
  ),
  repair: z
    .object({ field: z.string(), value: z.unknown(), by: z.string(), at: z.string() })
    .nullable()
    .meta({ description: 'Waits for a second person' }),
  resetting: z
    .object({ to: z.string(), pinned: z.array(z.string()), compensate: z.array(z.string()), by: z.string() })
    .nullable(),
});

export const Restarted = z.object({ runId: z.string(), status: z.string() });

export const Ledgers = z.object({
  agrees: z.boolean(),
  items: z.array(
    z.object({
      what: z.string(),
      caseSays: z.string(),
      outsideSays: z.string(),
      unasked: z
        .string()
        .optional()
        .meta({ description: 'Why the party could not be asked', example: 'card-bureau http-503' }),
      agrees: z.boolean(),
    }),
  ),
});

/** As many as one retry takes by name. */
export const MOST_NAMED = 1_000;

/** Either cases by name or a scope; an empty scope would be everything and has to be said. */
export const RetryScope = z.strictObject({
  cases: z.array(CaseId).min(1).max(MOST_NAMED).optional(),
  scope: Scope.optional(),
  everything: z.literal(true).optional(),
});
export const NewRetry = RetryScope.extend({
  perSecond: z.number().positive().max(100).default(5),
  reason: Reason,
});

/** Why, for the record. */
export const Reasoned = z.strictObject({ reason: Reason });

/** A year, in minutes. */
const LONGEST_SILENCE = 525_600;
export const ScanOrder = Reasoned.extend({
  silentForMinutes: z.int().min(0).max(LONGEST_SILENCE).optional().meta({
    description:
      'The outside is asked about whatever it has been silent about for so long; the watch decides where it is not given',
  }),
});

export const Preview = z.object({
  total: z.int().meta({ description: 'So many would be retried' }),
  underWay: z.int().meta({ description: 'Fit too, and are being retried already' }),
  groups: IncidentGroups.shape.items.element.omit({ remedy: true }).array(),
  first: IncidentCases.shape.items.meta({ description: 'The first of them' }),
});

const ItemState = z.enum(itemStates);

export const RetryView = z.object({
  id: z.string(),
  kind: z.string(),
  actor: Actor,
  reasonRef: z.string().nullable(),
  scope: z.looseObject({}),
  perSecond: z.number(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  counts: z.record(ItemState, z.int()),
  acts: z.array(z.object({ what: z.string(), actor: Actor, at: z.string(), reasonRef: z.string().nullish() })),
});
export const RetryDetail = RetryView.extend({
  reason: z.string().nullable().meta({ description: 'In words, for as long as they are kept' }),
});
export const RetryList = z.object({ items: z.array(RetryView) });
export const RetryItems = z.object({
  items: z.array(
    z.object({
      caseId: z.string(),
      version: z.int(),
      step: z.string(),
      source: z.string(),
      code: z.string(),
      state: ItemState,
      detail: Text.nullable(),
      askedAt: z.string().nullable(),
      endedAt: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});

export const StallList = z.object({
  items: z.array(
    z.object({
      caseId: z.string(),
      what: z.string(),
      text: Text.nullable(),
      remedy: Text.nullable(),
      detail: Text,
      firstSeen: z.string(),
      lastSeen: z.string(),
      times: z.int(),
      remedied: z.string().nullable(),
      clearedAt: z.string().nullable(),
    }),
  ),
});
export const ScanCounts = z.object({
  looked: z.int(),
  found: z.int(),
  cleared: z.int(),
  failed: z.int().optional().meta({ description: 'Cases that could not be looked at' }),
});

export const Findings = z.object({
  items: z.array(z.object({ check: z.string(), title: Text, state: z.enum(['well', 'warning', 'wrong']), says: Text })),
});

export const ActsQuery = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().min(1))
    .optional()
    .meta({ description: '`next` of the page before' }),
});
export const OperatorActs = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      what: z.string(),
      about: z.record(z.string(), z.union([z.string(), z.number()])),
      actor: Actor,
      reasonRef: z.string(),
      at: z.string(),
      reason: z.string().nullable().meta({ description: 'In words, for as long as they are kept' }),
    }),
  ),
  next: z.int().nullable(),
});

export const Repairs = z.object({
  items: z.array(
    z.object({
      caseId: z.string(),
      type: z.string(),
      office: z.string(),
      version: z.int(),
      field: z.string(),
      title: Text,
      now: z.string().nullable(),
      value: z.string(),
      by: z.string(),
      at: z.string(),
      texts: z.object({ status: Text }),
    }),
  ),
  next: z.string().nullable(),
});

export const OperationParams = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
export const OpsCaseParams = z.object({ id: CaseId });
