import type { Database } from '../postgres/database';

export interface Rebuilt {
  /** Cases that there are now. */
  readonly cases: number;
  /** Of each measure, how many counts were not what the cases come to; nothing where all were right. */
  readonly corrected: readonly { readonly measure: string; readonly counts: number }[];
}

/** `waits` are held against the log, then `waiting` for the changes that are under way, then `counting`, while changes of cases wait. */
export type RebuildPhase = 'waits' | 'waiting' | 'counting';

/** Every count as a reader adds it up, those for all offices together too, and the time of each card. */
const EVERY_COUNT = `SELECT measure, day, office, key, sum(n) AS n, sum(ms) AS ms FROM (
    SELECT measure, day, office, key, n, ms FROM tallies
    UNION ALL SELECT measure, day, office, key, n, ms FROM tally_deltas
    UNION ALL SELECT measure || ':all', day, '*', key, n, ms FROM tally_deltas WHERE measure IN ('taken', 'waited')
    UNION ALL SELECT 'card_times', riyadh_day(at), '*', ARRAY[case_id, version::text], 1, ms FROM card_times) AS kept
  GROUP BY measure, day, office, key`;

const CORRECTED = `SELECT measure, count(*) AS counts FROM (
    SELECT measure FROM (
      SELECT measure, day, office, key, n, ms FROM counted_before
      UNION ALL SELECT measure, day, office, key, -n, -ms FROM (${EVERY_COUNT}) AS after) AS both_times
    GROUP BY measure, day, office, key HAVING sum(n) <> 0 OR sum(ms) <> 0) AS changed
  GROUP BY measure ORDER BY measure`;

export async function casesToCount(database: Database): Promise<number> {
  const [row] = await database.from('case').query<{ cases: number }>({ text: 'SELECT count(*) AS cases FROM cases' });
  return row?.cases ?? 0;
}

/**
 * Adds up all counts anew from the cases and their events, and says which of them had been wrong. One transaction: a failure
 * leaves the counts as they were, and it can be asked for again. An append that waits for it longer than a statement may take
 * fails as in an outage, and is made again by whoever makes it.
 */
export function rebuildTallies(database: Database, tell: (phase: RebuildPhase) => void): Promise<Rebuilt> {
  return database.from('case').transaction(async (session) => {
    // It takes as long as there are cases.
    const ask = <R>(text: string): Promise<R[]> => session.query<R>({ text, long: true });
    await ask('SET LOCAL statement_timeout = 0');
    tell('waiting');
    await ask('LOCK TABLE tally_deltas IN SHARE ROW EXCLUSIVE MODE');
    tell('counting');
    await ask(`CREATE TEMPORARY TABLE counted_before ON COMMIT DROP AS ${EVERY_COUNT}`);
    await ask('SELECT rebuild_tallies()');
    await ask('SELECT rebuild_card_times()');
    const corrected = await ask<Rebuilt['corrected'][number]>(CORRECTED);
    const [row] = await ask<{ cases: number }>('SELECT count(*) AS cases FROM cases');
    return { cases: row?.cases ?? 0, corrected };
  });
}
