import { Pool, types, type PoolClient } from 'pg';
import type { Outside } from '../../domain/failures';
import { failureFrom } from './failure';

/** One SQL statement. A `name` makes it a prepared one, planned once per connection: for what runs all the time. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Waited for as long as it takes; the server's own limit is lifted by the transaction that it is in. */
  readonly long?: true;
}

export interface Session {
  /** Fails with an OutsideFailure only; its text holds no values. */
  query<R>(statement: Statement): Promise<R[]>;
}

export interface Source extends Session {
  /** All of it or nothing; on one connection. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
}

export interface Database {
  readonly url: string;
  /** The database as one of the outside parties sees it: failures carry that party's name. */
  from(source: Outside): Source;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most. A worker rarely has more than this many statements under way at once on two cores. */
  readonly max?: number;
  readonly applicationName?: string;
  /** Milliseconds after which a statement that nothing was heard of is given up. */
  readonly answerWithin?: number;
}

/** The server ends a statement after this long, and whoever has heard nothing for a while longer hears nothing any more: the host is gone. */
const STATEMENT_WITHIN = 15_000;
const ANSWER_WITHIN = 20_000;
/** The longest that a timer can wait. */
const AS_LONG_AS_IT_TAKES = 2 ** 31 - 1;
const UNDONE_WITHIN = 2_000;

const DATE = 1082;
const TIMESTAMPTZ = 1184;
const INT8 = 20;

/** Dates stay texts (a date is not an instant), instants become ISO texts, and bigints numbers: none here comes near 2^53. */
const parsers = new Map<number, (text: string) => unknown>([
  [DATE, (text) => text],
  [TIMESTAMPTZ, (text) => new Date(text).toISOString()],
  [INT8, Number],
]);

export const typeParsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? types.getTypeParser(oid, format),
};

export function openDatabase({
  url,
  max = 10,
  applicationName = 'tajdid',
  answerWithin = ANSWER_WITHIN,
}: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_WITHIN,
    query_timeout: answerWithin,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    types: typeParsers,
  });
  // One that breaks in a transaction is heard of by the statement that fails; with no listener the program would end by it.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  // An idle connection that breaks is replaced by the pool; whoever needs one next finds out if the database is really gone.
  pool.on('error', () => undefined);
  return {
    url,
    from: (source) => ({
      query: (statement) => run(pool, source, statement),
      transaction: (work) => inTransaction(pool, source, work),
    }),
    close: () => pool.end(),
  };
}

async function run<R>(
  on: Pool | PoolClient,
  source: Outside,
  { name, text, values = [], long }: Statement,
): Promise<R[]> {
  try {
    const result = await on.query({
      ...(name === undefined ? {} : { name }),
      text,
      values: [...values],
      ...(long ? { query_timeout: AS_LONG_AS_IT_TAKES } : {}),
    });
    return result.rows as R[];
  } catch (error) {
    throw failureFrom(error, source);
  }
}

async function inTransaction<T>(pool: Pool, source: Outside, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw failureFrom(error, source);
  });
  const session: Session = { query: (statement) => run(client, source, statement) };
  let broken = false;
  try {
    await session.query({ text: 'BEGIN' });
    const result = await work(session);
    await session.query({ text: 'COMMIT' });
    return result;
  } catch (error) {
    const undo = { text: 'ROLLBACK', query_timeout: UNDONE_WITHIN };
    await client.query(undo).catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
