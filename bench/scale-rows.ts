import { Client } from 'pg';
import { LongProgress } from './progress';

const BATCH = 10_000;

/** Days over which the cases were filed. */
const DAYS = 30;

/**
 * Cases as lists see them, made by the database itself: nine in ten closed, the rest waiting (or all of them waiting), over a month, three offices, two
 * channels and two portals, each with the file of a real renewal. Their events are the four that statistics read, with the one wait that they have behind them; no chain is made for them.
 */
const CASES = `INSERT INTO cases
  SELECT 'rnw_' || lpad(n::text, 26, '0'), type, status, status, version, channel, channel, subject, office, NULL, '2026-01', filed, closed,
    CASE WHEN closed IS NULL THEN what END, CASE WHEN closed IS NULL THEN who END, CASE WHEN closed IS NULL THEN filed + interval '40 days' * h3 END,
    CASE WHEN closed IS NULL AND n % 7 = 0 THEN 'staff-' || (101 + n % 6) END, closed IS NULL AND n % 11 = 0, closed IS NULL AND n % 97 = 0,
    CASE WHEN closed IS NULL AND n % 97 = 0 THEN 'http-503' END, CASE WHEN closed IS NULL AND n % 97 = 0 THEN 'card-bureau' END,
    $4::jsonb || jsonb_build_object('id', 'rnw_' || lpad(n::text, 26, '0'), 'channel', channel, 'clientId', channel, 'subject', subject, 'office', office, 'filedAt', filed),
    sha256(n::text::bytea)
  FROM (SELECT n, h1, h2, h3, coalesce(($6::text[])[n % 400000], 'p_' || md5((n % 400000)::text)) AS subject,
      CASE WHEN h1 < 0.7 THEN 'id-renewal' ELSE 'family-registration' END AS type,
      (ARRAY['riyadh-1', 'jeddah-1', 'dammam-1'])[1 + n % 3] AS office,
      CASE WHEN n % 5 = 0 THEN 'absher-business' ELSE 'absher-individuals' END AS channel,
      CASE WHEN h2 < 0.86 THEN 'COMPLETED' WHEN h2 < 0.9 THEN 'REJECTED' WHEN h2 < 0.95 THEN 'IN_REVIEW' ELSE 'AWAITING_PAYMENT' END AS status,
      CASE WHEN h2 < 0.95 THEN 'caseworker-decision' ELSE 'payment' END AS what, CASE WHEN h2 < 0.95 THEN 'caseworker' ELSE 'applicant' END AS who,
      now() - interval '1 day' * $3 * h3 AS filed, CASE WHEN h2 < 0.9 THEN now() - interval '1 day' * $3 * h3 + interval '60 hours' * h1 END AS closed,
      CASE WHEN h2 < 0.9 THEN 12 ELSE 5 END AS version
    FROM generate_series($1::int, $2::int) AS n,
      LATERAL (SELECT (hashint4(n)::bigint + 2147483648) / 4294967296.0 AS h1, 1 - $5 * (1 - (hashint4(n + 500000000)::bigint + 2147483648) / 4294967296.0) AS h2, (hashint4(n + 1000000000)::bigint + 2147483648) / 4294967296.0 AS h3) AS h) AS each`;

const EVENTS = `INSERT INTO case_events (case_id, version, at, actor, cause, type, event, hash, prev_hash)
  SELECT case_id, at.version, at.at, '{"id":"tajdid","role":"system"}', 'seed', at.type, jsonb_build_object('type', at.type), head_hash, head_hash
  FROM cases, LATERAL (VALUES (1, filed_at, 'ApplicationSubmitted'), (2, filed_at + interval '1 minute', 'PaymentRequested'),
    (11, closed_at - interval '1 second', 'CardHandedOver'), (12, closed_at, 'CaseClosed')) AS at (version, at, type)
  WHERE at.at IS NOT NULL AND case_id BETWEEN 'rnw_' || lpad($1::text, 26, '0') AND 'rnw_' || lpad($2::text, 26, '0')`;

const WAITS = `INSERT INTO case_waits (case_id, version, waiting, entered)
  SELECT case_id, at.version, at.waiting, true FROM cases, LATERAL (VALUES (2, 'payment'), (11, '')) AS at (version, waiting)
  WHERE (at.version = 2 OR closed_at IS NOT NULL) AND case_id BETWEEN 'rnw_' || lpad($1::text, 26, '0') AND 'rnw_' || lpad($2::text, 26, '0')`;

export interface Rows {
  /** All of them wait. */
  readonly open?: boolean;
  /** People of the register that the first of these cases are about, and now and then a later one; nobody is behind the others. */
  readonly subjects?: readonly string[];
}

/** Adds cases until there are so many; then the database tidies up, as it does of itself in a night. On a connection without a limit on time. */
export async function casesUpTo(
  url: string,
  from: number,
  to: number,
  { open = false, subjects = [] }: Rows = {},
): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'tajdid-bench-rows' });
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    const real = await client.query<{ file: object }>(
      `SELECT file FROM cases WHERE type = 'id-renewal' ORDER BY filed_at LIMIT 1`,
    );
    if (!real.rows[0]) throw new Error('there is no real case to make others after');
    const file = JSON.stringify(real.rows[0].file);
    // Their events come after them, so what they count for is added up at the end.
    await client.query('ALTER TABLE cases DISABLE TRIGGER cases_tallied_when_filed');
    const progress = new LongProgress('cases made', to - from);
    for (let first = from + 1; first <= to; first += BATCH) {
      const last = Math.min(first + BATCH - 1, to);
      await client.query(CASES, [first, last, DAYS, file, open ? 0.1 : 1, subjects]);
      await client.query(EVENTS, [first, last]);
      await client.query(WAITS, [first, last]);
      progress.step(last - first + 1);
    }
    progress.end();
    await client.query('ALTER TABLE cases ENABLE TRIGGER cases_tallied_when_filed');
    await client.query('SELECT rebuild_tallies()');
    await client.query('VACUUM ANALYZE cases');
    await client.query('VACUUM ANALYZE case_events');
    await client.query('VACUUM ANALYZE case_waits');
    await client.query('VACUUM ANALYZE tallies');
    await client.query('VACUUM ANALYZE card_times');
  } finally {
    await client.end();
  }
}
