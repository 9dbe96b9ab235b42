import type { Database } from '../postgres/database';
import { buckets, percentileHours, total, type BinCount } from './durations';
import type { CaseworkerLoad, FiledCount, OpenWait, Statistics, StatisticsQuery, WaitSpent } from './port';

/** Bounds of the buckets that a report draws, in hours; each is a bound of bins too. */
const HOURS = [1, 4, 24, 72, 168, 336, 720] as const;

/** Days that a query asks for, of one measure. */
const OF_PERIOD = (measure: string): string =>
  `measure = '${measure}' AND day BETWEEN $1 AND $2 AND ($3::text IS NULL OR office = $3)`;

const FILED = `SELECT day AS date, key[1] AS type, key[2] AS channel, office, key[3] AS status, key[4] AS beneficiary, sum(n)::int AS cases
  FROM counted WHERE ${OF_PERIOD('filed')} GROUP BY day, office, key HAVING sum(n) > 0 ORDER BY day, office, key`;

/** Of one office, or of all of them as they are added up already. */
const BINS_OF = (measure: string): string => `(
    SELECT key, n, ms FROM tallies WHERE measure = '${measure}:all' AND day BETWEEN $1 AND $2 AND $3::text IS NULL
    UNION ALL SELECT key, n, ms FROM tallies WHERE measure = '${measure}' AND day BETWEEN $1 AND $2 AND office = $3
    UNION ALL SELECT key, n, ms FROM tally_deltas WHERE ${OF_PERIOD(measure)}) AS bins`;

const COMPLETED = `SELECT coalesce(sum(n), 0)::int AS cases FROM counted WHERE ${OF_PERIOD('completed')}`;

const TAKEN = `SELECT key[1]::int AS bin, sum(n)::int AS n FROM ${BINS_OF('taken')} GROUP BY key HAVING sum(n) > 0`;

const WAITED = `SELECT key[1] AS what, key[2]::int AS bin, sum(n)::int AS n, sum(ms)::bigint AS ms FROM ${BINS_OF('waited')} GROUP BY key HAVING sum(n) > 0`;

const OPEN = `SELECT key[1] AS what, nullif(key[2], '') AS who, sum(n)::int AS cases, sum(CASE WHEN key[3] = 'overdue' THEN n ELSE 0 END)::int AS overdue
  FROM counted WHERE measure = 'open' AND day = '-infinity' AND ($1::text IS NULL OR office = $1)
  GROUP BY key[1], key[2] HAVING sum(n) > 0 ORDER BY 3 DESC`;

const LOAD = `SELECT claimed_by AS who, count(*) AS cases, count(*) FILTER (WHERE overdue) AS overdue, min(waiting_until) AS "nextDeadline"
  FROM cases WHERE closed_at IS NULL AND claimed_by IS NOT NULL AND ($1::text IS NULL OR office = $1) GROUP BY 1 ORDER BY 2 DESC`;

const HOUR_MS = 3_600_000;

const values = ({ from, to, office }: StatisticsQuery): unknown[] => [from, to, office ?? null];

interface WaitBin extends BinCount {
  readonly what: string;
  readonly ms: number;
}

function waitSpent(what: string, bins: readonly WaitBin[]): WaitSpent {
  const hours = bins.reduce((all, { ms }) => all + ms, 0) / HOUR_MS;
  return { what, waits: total(bins), hours, medianHours: percentileHours(bins, 0.5) ?? 0 };
}

/** Reads counts that are kept with the cases (migrations 320, 920, 971 and 990), so that what is asked costs the same at any number of cases. */
export function createStatistics(database: Database): Statistics {
  const db = database.from('case');
  return {
    filed: (query) => db.query<FiledCount>({ name: 'statistics-filed', text: FILED, values: values(query) }),
    async completed(query) {
      const [row] = await db.query<{ cases: number }>({
        name: 'statistics-completed',
        text: COMPLETED,
        values: values(query),
      });
      return row?.cases ?? 0;
    },
    async timeToCard(query) {
      const bins = await db.query<BinCount>({ name: 'statistics-taken', text: TAKEN, values: values(query) });
      return {
        cases: total(bins),
        medianHours: percentileHours(bins, 0.5),
        p90Hours: percentileHours(bins, 0.9),
        buckets: buckets(bins, HOURS),
      };
    },
    async waitsSpent(query) {
      const bins = await db.query<WaitBin>({ name: 'statistics-waited', text: WAITED, values: values(query) });
      const whats = [...new Set(bins.map(({ what }) => what))];
      return whats
        .map((what) =>
          waitSpent(
            what,
            bins.filter((bin) => bin.what === what),
          ),
        )
        .sort((a, b) => b.hours - a.hours);
    },
    openWaits: (office) => db.query<OpenWait>({ name: 'statistics-open', text: OPEN, values: [office ?? null] }),
    load: (office) => db.query<CaseworkerLoad>({ text: LOAD, values: [office ?? null] }),
  };
}
