import { z } from 'zod';
import type { LoggedNumbers } from '../../adapters/statements/port';
import { halalas, total } from '../../domain/money';
import { boundsOf, isMonth, monthAfter, type Month } from '../../domain/services/month';
import {
  statementOf,
  type Compared,
  type MonthNumbers,
  type Statement,
  type StatementLine,
} from '../../domain/services/statement';
import { instant, riyadhDate } from '../../domain/time';
import { statementPdf } from '../../papers/statement';
import { renewalPolicy } from '../../workflows/case-types/id-renewal/policy';
import { Money } from '../cases/schemas';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { csvText } from './csv';

const MonthText = z
  .string()
  .refine(isMonth, { params: { code: 'wrong-format' } })
  .meta({ description: 'A month in Riyadh, YYYY-MM', example: '2025-04' });

const counts = { count: z.int(), before: z.int(), change: z.number().nullable() };
const Time = { cards: z.int(), p50Hours: z.number().nullable(), p90Hours: z.number().nullable() };
const Fines = { renewals: z.int(), amount: Money };
const Beneficiary = z.enum(['citizen', 'resident', 'visitor', 'unknown']).meta({
  description: '`unknown`: of a case that was filed for a number that the register did not have',
});
const Channel = z.string().meta({ description: 'Official bodies are one, and so are clients of no known channel' });
const Straight = { completed: z.int(), withoutHuman: z.int() };
const Answers = { answers: z.int(), scores: z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()]) };

const StatementView = z
  .object({
    month: z.string(),
    complete: z.boolean(),
    total: z.object(counts),
    byService: z.array(z.object({ service: z.string(), ...counts })),
    byChannel: z.array(z.object({ channel: Channel, ...counts })),
    byBeneficiary: z.array(z.object({ beneficiary: Beneficiary, ...counts })),
    lines: z.array(z.object({ service: z.string(), channel: Channel, beneficiary: Beneficiary, ...counts })),
    timeToCard: z.object({ ...Time, before: z.object(Time) }),
    straightThrough: z.object({
      ...Straight,
      share: z.number().nullable(),
      shareBefore: z.number().nullable(),
      before: z.object(Straight),
    }),
    finesAvoided: z.object({ ...Fines, before: z.object(Fines) }),
    satisfaction: z.object({
      ...Answers,
      mean: z.number().nullable(),
      meanBefore: z.number().nullable(),
      before: z.object(Answers),
    }),
  })
  .meta({
    id: 'Statement',
    description:
      'Percentages and hours are rounded; `before` is the month before. Until the month is over, `complete` is false and each `change` null',
  });

function priced({ remindedInTime, ...numbers }: LoggedNumbers): MonthNumbers {
  const fines = remindedInTime.map(({ policyVersion, documentType, renewals }) =>
    halalas(renewalPolicy(policyVersion).documents[documentType].lateFine.value.halalas * renewals),
  );
  return {
    ...numbers,
    finesAvoided: { renewals: remindedInTime.reduce((all, { renewals }) => all + renewals, 0), amount: total(fines) },
  };
}

/** One number a line beside that of the month before, so that any spreadsheet can pivot it. */
export function statementCsv(statement: Statement): string {
  const { timeToCard, straightThrough, finesAvoided, satisfaction } = statement;
  const row = (
    measure: string,
    value: number | null,
    before: number | null,
    { service = '', channel = '', beneficiary = '' } = {},
  ) => [statement.month, measure, service, channel, beneficiary, value, before];
  const rows = (measure: string, all: readonly (Compared & Partial<StatementLine>)[]) =>
    all.map(({ count, before, ...names }) => row(measure, count, before, names));
  return csvText([
    ['month', 'measure', 'service', 'channel', 'beneficiary', 'value', 'month_before'],
    row('complete', Number(statement.complete), 1),
    ...rows('transactions', statement.lines),
    ...rows('transactions_total', [statement.total]),
    ...rows('transactions_by_service', statement.byService),
    ...rows('transactions_by_channel', statement.byChannel),
    ...rows('transactions_by_beneficiary', statement.byBeneficiary),
    row('cards_handed_over', timeToCard.cards, timeToCard.before.cards),
    row('time_to_card_p50_hours', timeToCard.p50Hours, timeToCard.before.p50Hours),
    row('time_to_card_p90_hours', timeToCard.p90Hours, timeToCard.before.p90Hours),
    row('cases_completed', straightThrough.completed, straightThrough.before.completed),
    row('cases_without_human', straightThrough.withoutHuman, straightThrough.before.withoutHuman),
    row('cases_without_human_percent', straightThrough.share, straightThrough.shareBefore),
    row('fines_avoided_renewals', finesAvoided.renewals, finesAvoided.before.renewals),
    row('fines_avoided_sar', finesAvoided.amount.halalas / 100, finesAvoided.before.amount.halalas / 100),
    row('satisfaction_answers', satisfaction.answers, satisfaction.before.answers),
    row('satisfaction_mean', satisfaction.mean, satisfaction.meanBefore),
    ...satisfaction.scores.map((answers, i) =>
      row(`satisfaction_score_${i + 1}`, answers, satisfaction.before.scores[i] ?? 0),
    ),
  ]);
}

export function statementRoute({ services, now = Date.now }: ApiDeps): Route {
  const numbersOf = async (month: Month): Promise<MonthNumbers> => {
    const { from, to } = boundsOf(month);
    return priced(await services.statements.numbers(from, to));
  };
  return route({
    method: 'get',
    path: '/v1/statistics/statement',
    tag: 'Statistics',
    operationId: 'getStatement',
    summary: 'The statement of a month, compared with the month before',
    description:
      'A fold of the logs: asked again, a month that is over gives the same answer. As JSON, as CSV (text/csv) or as a page (application/pdf).',
    roles: ['analyst', 'supervisor', 'auditor'],
    query: z.strictObject({
      month: MonthText,
      language: z.enum(['ar', 'en']).default('ar').meta({ description: 'Of the PDF' }),
    }),
    success: {
      status: 200,
      description: 'The statement',
      schema: StatementView,
      alsoAs: ['text/csv', 'application/pdf'],
    },
    problems: ['month-not-begun', 'validation-failed', 'unknown-field', 'temporarily-unavailable'],
    async handle({ query: { month, language }, req, res }) {
      const thisMonth = riyadhDate(instant(now())).slice(0, 7);
      if (month > thisMonth) throw new Problem('month-not-begun');
      const [numbers, before] = await Promise.all([numbersOf(month), numbersOf(monthAfter(month, -1))]);
      const statement = statementOf(month, month < thisMonth, numbers, before);
      const form = req.accepts(['application/json', 'text/csv', 'application/pdf']);
      if (form !== 'text/csv' && form !== 'application/pdf')
        return { body: statement as z.output<typeof StatementView> };
      const soFar = statement.complete ? '' : '-so-far';
      const name = `statement-${month}${soFar}.${form === 'text/csv' ? 'csv' : 'pdf'}`;
      res.status(200).set({
        'content-type': form === 'text/csv' ? 'text/csv; charset=utf-8' : form,
        'cache-control': 'no-store',
        'content-disposition': `attachment; filename="${name}"`,
      });
      res.send(form === 'text/csv' ? statementCsv(statement) : await statementPdf(statement, language));
      return undefined;
    },
  });
}
