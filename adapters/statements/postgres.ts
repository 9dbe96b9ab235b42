import { TRANSACTIONS } from '../../domain/services/catalogue';
import type { TransactionCount } from '../../domain/services/statement';
import type { Database } from '../postgres/database';
import type { LoggedNumbers, RemindedInTime, Statements } from './port';

const SERVICES = `SELECT service, channel, beneficiary, count(*) AS count FROM service_log
  WHERE at >= $1 AND at < $2 AND service || ':' || what = ANY ($3) GROUP BY 1, 2, 3`;

/** Filings, from the first event of each case. What one case starts by itself, such as a first card, is no transaction of its own. */
const CASES = `SELECT CASE
      WHEN c.type <> 'family-registration' THEN c.type
      WHEN e.event #>> '{filing,facts,event}' = 'member-identification' THEN 'family-identification'
      ELSE 'family-registration' END AS service,
    c.channel, coalesce(p.beneficiary, 'citizen') AS beneficiary, count(*) AS count
  FROM cases c JOIN case_events e ON e.case_id = c.case_id AND e.version = 1 LEFT JOIN persons p ON p.person = c.subject
  WHERE c.filed_at >= $1 AND c.filed_at < $2 AND (c.parent IS NULL OR c.type <> 'id-renewal') GROUP BY 1, 2, 3`;

const TIME_TO_CARD = `WITH cards AS (
    SELECT extract(epoch FROM e.at - c.filed_at) / 3600 AS hours FROM case_events e JOIN cases c USING (case_id)
    WHERE e.type = 'CardHandedOver' AND e.at >= $1 AND e.at < $2)
  SELECT count(*) AS cards, percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)::float8 AS "p50Hours",
    percentile_cont(0.9) WITHIN GROUP (ORDER BY hours)::float8 AS "p90Hours" FROM cards`;

const STRAIGHT = `SELECT count(*) AS completed, count(*) FILTER (WHERE NOT EXISTS (
    SELECT FROM case_events e WHERE e.case_id = c.case_id AND e.actor ->> 'role' IN ('caseworker', 'supervisor', 'committee', 'operator'))) AS "withoutHuman"
  FROM cases c WHERE c.closed_at >= $1 AND c.closed_at < $2 AND c.status = 'COMPLETED'`;

const REMINDED = `SELECT c.policy_version AS "policyVersion", e.event #>> '{facts,documentType}' AS "documentType", count(*) AS renewals
  FROM cases c JOIN case_events e ON e.case_id = c.case_id AND e.type = 'ApplicationValidated'
  WHERE c.type = 'id-renewal' AND c.filed_at >= $1 AND c.filed_at < $2
    AND (e.event #>> '{facts,oldExpiresOn}')::date >= (c.filed_at AT TIME ZONE 'Asia/Riyadh')::date
    AND EXISTS (SELECT FROM reminders r WHERE r.serial = e.event #>> '{facts,oldSerial}' AND r.at < c.filed_at AND r.outcome = 'sent')
  GROUP BY 1, 2`;

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
