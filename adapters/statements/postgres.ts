import { TRANSACTIONS } from '../../domain/services/catalogue';
import type { TransactionCount } from '../../domain/services/statement';
import type { Database } from '../postgres/database';
import type { LoggedNumbers, RemindedInTime, Statements } from './port';

const SERVICES = `SELECT service, channel, beneficiary, count(*) AS count FROM service_log
  WHERE at >= $1 AND at < $2 AND service || ':' || what = ANY ($3) GROUP BY 1, 2, 3`;

/** What of cases is counted comes from the counts that are kept with them (migrations 320, 860, 920, 971, 990 and 1020); days are days in Riyadh. */
const CASES = `SELECT key[1] AS service, key[2] AS channel, key[3] AS beneficiary, sum(n)::int AS count
  FROM counted WHERE measure = 'transactions' AND day >= riyadh_day($1) AND day < riyadh_day($2) GROUP BY 1, 2, 3 HAVING sum(n) > 0`;

/** Each card's own time, so that what is published is exact; kept when it is handed over (migration 1022), and sorted once for both. */
const TIME_TO_CARD = `WITH times AS (
    SELECT count(*) AS cards, percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY ms) AS ms FROM card_times WHERE at >= $1 AND at < $2)
  SELECT cards, ms[1] / 3600000 AS "p50Hours", ms[2] / 3600000 AS "p90Hours" FROM times`;

const STRAIGHT = `SELECT coalesce(sum(n), 0)::int AS completed, coalesce(sum(n) FILTER (WHERE key[1] = 'without-human'), 0)::int AS "withoutHuman"
  FROM counted WHERE measure = 'completed' AND day >= riyadh_day($1) AND day < riyadh_day($2)`;

const REMINDED = `SELECT key[1] AS "policyVersion", key[2] AS "documentType", sum(n)::int AS renewals
  FROM counted WHERE measure = 'reminded' AND day >= riyadh_day($1) AND day < riyadh_day($2) GROUP BY 1, 2 HAVING sum(n) > 0`;

const SATISFACTION = `SELECT score, count(*) AS count FROM satisfaction WHERE at >= $1 AND at < $2 GROUP BY 1`;

const COUNTED = Object.entries(TRANSACTIONS).flatMap(([service, whats]) => whats.map((what) => `${service}:${what}`));

export function createStatements(database: Database): Statements {
  const db = database.from('case');
  return {
    async numbers(from, to) {
      const period = [from, to];
      const [services, cases, [timeToCard], [straightThrough], remindedInTime, scores] = await Promise.all([
        db.query<TransactionCount>({ text: SERVICES, values: [...period, COUNTED] }),
        db.query<TransactionCount>({ text: CASES, values: period }),
        db.query<LoggedNumbers['timeToCard']>({ text: TIME_TO_CARD, values: period }),
        db.query<LoggedNumbers['straightThrough']>({ text: STRAIGHT, values: period }),
        db.query<RemindedInTime>({ text: REMINDED, values: period }),
        db.query<{ score: number; count: number }>({ text: SATISFACTION, values: period }),
      ]);
      const of = (score: number): number => scores.find((row) => row.score === score)?.count ?? 0;
      return {
        transactions: [...services, ...cases],
        timeToCard: timeToCard ?? { cards: 0, p50Hours: null, p90Hours: null },
        straightThrough: straightThrough ?? { completed: 0, withoutHuman: 0 },
        remindedInTime,
        satisfaction: [of(1), of(2), of(3), of(4), of(5)],
      };
    },
  };
}
