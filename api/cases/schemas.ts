import { z } from 'zod';
import { roles } from '../../domain/case/model';
import { ownerTexts } from '../../domain/case/core-texts';
import { BilingualText } from '../problems/problem';

const Instant = z.string().meta({ format: 'date-time' });
export const CaseId = z
  .string()
  .regex(/^[a-z]{2,8}_[A-Za-z0-9-]{1,64}$/)
  .meta({ example: 'rnw_mfrggzdfmztwq2lknnwg23tpob' });
export const CaseParams = z.object({ id: CaseId });

export const Money = z
  .object({ halalas: z.int(), currency: z.literal('SAR') })
  .meta({ id: 'Money', description: 'Whole halalas; 100 are one riyal' });

const owners = Object.keys(ownerTexts) as [keyof typeof ownerTexts, ...(keyof typeof ownerTexts)[]];

export const WaitingFor = z
  .object({
    what: z.string(),
    since: Instant,
    until: Instant,
    due: Instant.optional().meta({
      description:
        'When the time that the agency has for this ends, however often somebody is reminded or asked after that',
    }),
    who: z.enum(owners).meta({ description: 'Who can end the wait; `tajdid` while the case itself is taking a step' }),
    otherwise: z.string().meta({ description: 'What happens at `until`' }),
    texts: z.object({ what: BilingualText, who: BilingualText, otherwise: BilingualText }),
  })
  .meta({ id: 'WaitingFor' });

const WhyNot = z.object({ code: z.string(), message: BilingualText });

export const AllowedAction = z
  .object({
    action: z.string(),
    title: BilingualText,
    reason: z.boolean().meta({ description: 'Needs a reason in words' }),
    weight: z
      .enum(['main', 'grave'])
      .optional()
      .meta({ description: '`main`: what the case is there for; `grave`: speaks against somebody' }),
    choices: z
      .record(z.string(), z.array(z.object({ value: z.string(), text: BilingualText.optional() })))
      .optional()
      .meta({ description: 'What an input can be in this case, by the input’s name' }),
    href: z.string(),
  })
  .meta({ id: 'AllowedAction' });
export const UnavailableAction = z
  .object({ action: z.string(), title: BilingualText, whyNot: WhyNot })
  .meta({ id: 'UnavailableAction' });

const StaffName = BilingualText.optional().meta({
  description: 'For staff only; of colleagues who have signed in at least once',
});

export const ActorView = z
  .object({
    role: z.enum([...roles, 'system', 'outside']),
    id: z.string().optional().meta({ description: 'For staff only' }),
    name: StaffName,
    office: z.string().optional(),
  })
  .meta({ id: 'Actor' });

export const RuleUsed = z
  .object({ rule: z.string(), version: z.string(), text: BilingualText })
  .meta({ id: 'RuleUsed' });

export const DecisionView = z
  .object({ what: z.string(), at: Instant, by: ActorView, rules: z.array(RuleUsed), reasonRef: z.string().optional() })
  .meta({ id: 'Decision' });

export const QuoteView = z
  .object({
    lines: z.array(
      z.object({
        code: z.string(),
        title: BilingualText,
        amount: Money,
        refundable: z.enum(['always', 'until-printed', 'never']),
        rule: z.string(),
      }),
    ),
    total: Money,
  })
  .meta({ id: 'Quote' });

export const ReviewClockView = z
  .object({
    spentMs: z.int().meta({
      description: 'Working time that the review has taken, as of this answer; a working day counts 24 hours',
    }),
    budgetMs: z.int().meta({ description: 'Working time that it may take' }),
    warnAt: z.number().meta({ description: 'The share of the budget at which it is running out' }),
    running: z.boolean(),
    stops: z
      .array(z.object({ from: Instant, to: Instant.nullable(), why: z.enum(['returned', 'hold']) }))
      .meta({ description: 'While the applicant had the ball, and holds; the last one may go on' }),
  })
  .meta({ id: 'ReviewClock' });

export const CaseView = z
  .object({
    id: z.string(),
    type: z.string(),
    status: z.string(),
    version: z.int(),
    channel: z.string(),
    office: z.string(),
    filedAt: Instant,
    closedAt: Instant.optional(),
    policyVersion: z.string(),
    parent: z.string().optional(),
    texts: z.object({ type: BilingualText, status: BilingualText }),
    waitingFor: WaitingFor.nullable(),
    allowedActions: z.array(AllowedAction),
    unavailableActions: z.array(UnavailableAction).meta({ description: 'Of your role, with the reason why not now' }),
    decisions: z.array(DecisionView),
    quote: QuoteView.nullable(),
    payment: z
      .object({
        status: z.enum(['asked', 'paid', 'closed']),
        payUrl: z.string().optional(),
        refunded: Money.optional().meta({ description: 'What went back by now, of whatever was paid' }),
      })
      .nullable(),
    returned: z
      .object({
        items: z.array(z.string()).meta({ description: 'What has to be done again' }),
        reasons: z.array(z.string()),
        texts: z.array(BilingualText).meta({ description: 'The reasons in words' }),
        words: z.string().optional().meta({
          description: 'What the caseworker wrote about it, in the language it was written in; for the portal',
        }),
      })
      .optional(),
    refusedBy: z.array(z.object({ rule: z.string(), text: BilingualText })).optional(),
    consents: z
      .array(
        z.object({
          part: z.string().meta({ description: 'Their part in the event', example: 'wife' }),
          state: z.enum(['asked', 'given', 'refused', 'withdrawn', 'unanswered']),
          texts: z.object({ part: BilingualText, state: BilingualText }),
        }),
      )
      .optional()
      .meta({ description: 'Whose consent was asked for, where the event needs any' }),
    review: z
      .object({
        level: z.string(),
        why: z
          .array(z.object({ rule: z.string(), text: BilingualText }))
          .meta({ description: 'Why it came to review' }),
        clock: ReviewClockView,
        rounds: z.int(),
        claim: z.object({ by: z.string(), name: StaffName, until: Instant }).optional(),
        recommendation: z
          .object({
            by: z.string(),
            name: StaffName,
            what: z.string(),
            rule: z.string(),
            reasonRef: z.string().optional(),
          })
          .optional(),
      })
      .optional()
      .meta({ description: 'For staff only' }),
    repair: z
      .object({
        field: z.string(),
        title: BilingualText,
        now: z.string().nullable(),
        value: z.string(),
        by: z.string(),
        name: StaffName,
        at: Instant,
      })
      .optional()
      .meta({ description: 'A repair that waits for a second person; for staff only' }),
    incident: z
      .object({
        step: z.string(),
        since: Instant,
        last: Instant,
        attempts: z.int(),
        kind: z.string(),
        source: z.string(),
        code: z.string(),
        message: z.string(),
        retrying: z.boolean(),
      })
      .optional()
      .meta({ description: 'For staff only' }),
    links: z.object({
      self: z.string(),
      events: z.string(),
      stream: z.string(),
      certificate: z.string().optional(),
      family: z
        .string()
        .optional()
        .meta({ description: 'Who is who in it, where it is about a family; for staff only' }),
    }),
  })
  .meta({ id: 'Case' });
export type CaseView = z.infer<typeof CaseView>;

export const EventView = z
  .object({
    version: z.int(),
    at: Instant,
    type: z.string(),
    text: BilingualText,
    minor: z.boolean().meta({ description: 'Between the steps: on record, and not what somebody looks for first' }),
    actor: ActorView,
    to: z
      .object({ id: z.string(), name: StaffName })
      .optional()
      .meta({ description: 'Who was given the case; for staff only' }),
    words: z.array(BilingualText).optional().meta({ description: 'The rules that it names, in words; for staff only' }),
    facts: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What the event says; for a portal only what concerns the applicant' }),
  })
  .meta({ id: 'CaseEvent' });
export type EventView = z.infer<typeof EventView>;

export const EventPage = z
  .object({ items: z.array(EventView), next: z.int().nullable().meta({ description: '`after` of the next page' }) })
  .meta({ id: 'CaseEventPage' });

export const CaseListItem = z
  .object({
    id: z.string(),
    type: z.string(),
    status: z.string(),
    version: z.int(),
    channel: z.string(),
    office: z.string(),
    parent: z.string().nullable(),
    filedAt: Instant,
    closedAt: Instant.nullable(),
    waitingFor: z
      .object({ what: z.string(), who: z.string().nullable(), until: Instant.nullable(), text: BilingualText })
      .nullable(),
    claimedBy: z.string().nullable(),
    claimedByName: BilingualText.nullable().meta({ description: 'null also where the colleague never signed in' }),
    overdue: z.boolean(),
    incident: z.object({ code: z.string(), source: z.string() }).nullable(),
    review: z
      .object({
        why: z.array(z.string()).meta({ description: 'Why a person has to look' }),
        recommended: z.boolean().meta({ description: 'A colleague recommends rejection: another has to decide' }),
        escalated: z.enum(['by-caseworker', 'out-of-time']).nullable(),
      })
      .nullable()
      .meta({ description: 'While a review is waited for; null for a portal' }),
    texts: z.object({ type: BilingualText, status: BilingualText }),
    links: z.object({ self: z.string() }),
  })
  .meta({ id: 'CaseListItem' });
export type CaseListItem = z.infer<typeof CaseListItem>;

const Next = z.string().nullable().meta({ description: '`cursor` of the next page' });
export const CasePage = z.object({ items: z.array(CaseListItem), next: Next }).meta({ id: 'CasePage' });
export const WorkPage = z
  .object({
    items: z.array(CaseListItem),
    next: Next,
    counts: z.object({ mine: z.int(), office: z.int(), unclaimed: z.int(), overdue: z.int() }).optional(),
    team: z
      .object({ awaiting: z.int(), 'four-eyes': z.int(), escalated: z.int(), held: z.int() })
      .optional()
      .meta({ description: 'With `counts=team`: what waits for a supervisor' }),
  })
  .meta({ id: 'WorkPage' });
