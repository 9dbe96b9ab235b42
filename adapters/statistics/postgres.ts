import { addDays, startOfRiyadhDay } from '../../domain/time';
import type { Database } from '../postgres/database';
import type { CaseworkerLoad, FiledCount, OpenWait, Statistics, StatisticsQuery, WaitSpent } from './port';

const HOURS = [1, 4, 24, 72, 168, 336, 720] as const;

const FILED = `SELECT (filed_at AT TIME ZONE 'Asia/Riyadh')::date AS date, type, channel, office, status,
    coalesce(file #>> '{facts,beneficiary}', file #>> '{facts,documentType}', 'unknown') AS beneficiary, count(*) AS cases
  FROM cases WHERE filed_at >= $1 AND filed_at < $2 AND ($3::text IS NULL OR office = $3)
  GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`;

const TIME_TO_CARD = `WITH taken AS (
    SELECT extract(epoch FROM closed_at - filed_at) / 3600 AS hours FROM cases
    WHERE filed_at >= $1 AND filed_at < $2 AND ($3::text IS NULL OR office = $3) AND status = 'COMPLETED')
  SELECT count(*) AS cases, percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)::float8 AS "medianHours",
    percentile_cont(0.9) WITHIN GROUP (ORDER BY hours)::float8 AS "p90Hours",
    ${HOURS.map((upTo, n) => `count(*) FILTER (WHERE hours < ${upTo}${n > 0 ? ` AND hours >= ${HOURS[n - 1]}` : ''}) AS b${n}`).join(', ')},
    count(*) FILTER (WHERE hours >= ${HOURS.at(-1)}) AS rest FROM taken`;

/** A wait begins with one of these facts and ends with the next one that is either a beginning or an end. */
const BEGINS = {
  PaymentRequested: 'payment',
  ReviewOpened: 'caseworker-decision',
  CaseEscalated: 'supervisor-decision',
  RejectionRecommended: 'supervisor-decision',
  CaseReturned: 'resubmission',
  CardOrdered: 'card-printed',
  CardDispatched: 'card-delivered',
  ReadyForPickup: 'pickup',
  IncidentRaised: 'incident',
  CaseHeld: 'hold',
} as const;
const ENDS = [
  'PaymentCaptured',
  'CaseApproved',
  'CaseRejected',
  'ApplicationResubmitted',
  'EndingStarted',
  'CardPrinted',
  'CardHandedOver',
  'IncidentCleared',
  'CaseResumed',
  'CaseClosed',
] as const;

const WAITS = `WITH marks AS (
    SELECT e.type, e.at, lead(e.at) OVER (PARTITION BY e.case_id ORDER BY e.version) AS until
    FROM case_events e JOIN cases c USING (case_id)
    WHERE e.at >= $1 AND e.at < $2 AND ($3::text IS NULL OR c.office = $3) AND e.type = ANY ($4)),
  spent AS (SELECT ($5::jsonb) ->> type AS what, extract(epoch FROM until - at) / 3600 AS hours FROM marks WHERE until IS NOT NULL AND ($5::jsonb) ? type)
  SELECT what, count(*) AS waits, sum(hours)::float8 AS hours, percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)::float8 AS "medianHours"
  FROM spent GROUP BY what ORDER BY sum(hours) DESC`;

const OPEN = `SELECT waiting_what AS what, waiting_who AS who, count(*) AS cases, count(*) FILTER (WHERE overdue OR waiting_until < now()) AS overdue
  FROM cases WHERE closed_at IS NULL AND waiting_what IS NOT NULL AND ($1::text IS NULL OR office = $1) GROUP BY 1, 2 ORDER BY 3 DESC`;

const LOAD = `SELECT claimed_by AS who, count(*) AS cases, count(*) FILTER (WHERE overdue OR waiting_until < now()) AS overdue, min(waiting_until) AS "nextDeadline"
  FROM cases WHERE closed_at IS NULL AND claimed_by IS NOT NULL AND ($1::text IS NULL OR office = $1) GROUP BY 1 ORDER BY 2 DESC`;

const values = ({ from, to, office }: StatisticsQuery): unknown[] => [
  startOfRiyadhDay(from),
  startOfRiyadhDay(addDays(to, 1)),
  office ?? null,
];

export function createStatistics(database: Database): Statistics {
  const db = database.from('case');
  return {
    filed: (query) => db.query<FiledCount>({ text: FILED, values: values(query) }),
    async timeToCard(query) {
      type Row = { cases: number; medianHours: number | null; p90Hours: number | null } & Record<string, number>;
      const [row] = await db.query<Row>({ text: TIME_TO_CARD, values: values(query) });
      const buckets = [
        ...HOURS.map((upTo, n) => ({ upTo, cases: row?.[`b${n}`] ?? 0 })),
        { upTo: null, cases: row?.['rest'] ?? 0 },
      ];
      return {
        cases: row?.cases ?? 0,
        medianHours: row?.medianHours ?? null,
        p90Hours: row?.p90Hours ?? null,
        buckets,
      };
    },
    waitsSpent: (query) =>
      db.query<WaitSpent>({
        text: WAITS,
        values: [...values(query), [...Object.keys(BEGINS), ...ENDS], JSON.stringify(BEGINS)],
      }),
    openWaits: (office) => db.query<OpenWait>({ text: OPEN, values: [office ?? null] }),
    load: (office) => db.query<CaseworkerLoad>({ text: LOAD, values: [office ?? null] }),
  };
}
