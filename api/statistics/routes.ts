import { z } from 'zod';
import type { Role } from '../../domain/case/model';
import { addDays, daysBetween, instant, isLocalDate, riyadhDate } from '../../domain/time';
import { caseTypeNamed, caseTypes } from '../../workflows/case-types';
import { textOf, waitText } from '../cases/texts';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';

const READERS: readonly Role[] = ['analyst', 'supervisor', 'auditor', 'operator'];
const LONGEST = 400;

const LocalDate = z
  .string()
  .refine(isLocalDate, { error: 'a date that exists, as YYYY-MM-DD', params: { code: 'date-does-not-exist' } });
const Office = z.string().regex(/^[\w.:-]{1,64}$/);

const StatisticsView = z
  .object({
    from: z.string(),
    to: z.string(),
    filed: z.array(
      z.object({
        date: z.string(),
        type: z.string(),
        channel: z.string(),
        office: z.string(),
        status: z.string(),
        beneficiary: z.string(),
        cases: z.int(),
      }),
    ),
    completed: z.int().meta({ description: 'Cases of any type that were completed in the period' }),
    timeToCard: z.object({
      cases: z.int().meta({ description: 'Cards that were handed over in the period' }),
      medianHours: z.number().nullable(),
      p90Hours: z.number().nullable(),
      buckets: z
        .array(z.object({ upTo: z.number().nullable(), cases: z.int() }))
        .meta({ description: 'Hours from the filing to the card; the last one is open' }),
    }),
    waitsSpent: z.array(
      z.object({ what: z.string(), text: BilingualText, waits: z.int(), hours: z.number(), medianHours: z.number() }),
    ),
    open: z.array(
      z.object({ what: z.string(), who: z.string().nullable(), text: BilingualText, cases: z.int(), overdue: z.int() }),
    ),
    texts: z.object({ types: z.record(z.string(), BilingualText), statuses: z.record(z.string(), BilingualText) }),
  })
  .meta({ id: 'Statistics' });

const LoadView = z
  .object({
    items: z.array(
      z.object({ who: z.string(), cases: z.int(), overdue: z.int(), nextDeadline: z.string().nullable() }),
    ),
  })
  .meta({ id: 'Load' });

const waitTextAnywhere = (what: string) =>
  caseTypes.map((type) => waitText(type, what)).find((text) => text.en !== what) ?? waitText(undefined, what);

export function statisticsRoutes({ statistics, now = Date.now }: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/statistics',
      tag: 'Statistics',
      operationId: 'getStatistics',
      summary: 'Cases filed and completed in a period, how long cards took, and where the waiting happened',
      roles: READERS,
      query: z.strictObject({
        from: LocalDate.optional().meta({ description: 'A date in Riyadh; 30 days ago when absent' }),
        to: LocalDate.optional().meta({ description: 'Included; today when absent' }),
        office: Office.optional(),
      }),
      success: { status: 200, description: 'The numbers', schema: StatisticsView },
      problems: [
        'validation-failed',
        'unknown-field',
        'date-does-not-exist',
        'period-not-usable',
        'temporarily-unavailable',
      ],
      async handle({ query }) {
        const to = query.to ?? riyadhDate(instant(now()));
        const from = query.from ?? addDays(to, -29);
        const days = daysBetween(from, to);
        if (days < 0 || days > LONGEST) throw new Problem('period-not-usable');
        const asked = { from, to, ...(query.office === undefined ? {} : { office: query.office }) };
        const [filed, completed, timeToCard, waitsSpent, open] = await Promise.all([
          statistics.filed(asked),
          statistics.completed(asked),
          statistics.timeToCard(asked),
          statistics.waitsSpent(asked),
          statistics.openWaits(query.office),
        ]);
        const statuses = Object.fromEntries(
          new Map(filed.map(({ type, status }) => [status, textOf(caseTypeNamed(type), 'statuses', status)])),
        );
        return {
          body: {
            from,
            to,
            filed: [...filed],
            completed,
            timeToCard: { ...timeToCard, buckets: [...timeToCard.buckets] },
            waitsSpent: waitsSpent.map((each) => ({ ...each, text: waitTextAnywhere(each.what) })),
            open: open.map((each) => ({ ...each, text: waitTextAnywhere(each.what) })),
            texts: { types: Object.fromEntries(caseTypes.map(({ type, title }) => [type, title])), statuses },
          },
        };
      },
    }),
    route({
      method: 'get',
      path: '/v1/work-queue/load',
      tag: 'Work',
      operationId: 'getLoad',
      summary: 'Who has how many open cases in hand',
      roles: ['supervisor', 'auditor'],
      success: { status: 200, description: 'The load of each colleague who has any', schema: LoadView },
      problems: ['temporarily-unavailable'],
      async handle({ caller }) {
        return { body: { items: [...(await statistics.load(caller.office))] } };
      },
    }),
  ];
}
