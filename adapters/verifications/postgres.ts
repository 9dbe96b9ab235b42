import { GUARD, type Verdict } from '../../domain/services/verification';
import { HOUR, instant, millis, riyadhDate, type Instant, type LocalDate } from '../../domain/time';
import type { Database } from '../postgres/database';
import { batched, isDefect } from './batches';
import type { BulkLine, BulkResult, BulkState, Checked, Question, Verifications } from './port';

interface Row {
  readonly place: number;
  readonly outcome: Verdict | 'too-many-guesses';
  readonly since: LocalDate | null;
  readonly retryAt: Instant | null;
  /** The client's wrong guesses of this hour are. */
  readonly spent: boolean;
}

const guardValues = (budget: number): number[] => [GUARD.free, GUARD.lockSeconds, GUARD.longestLockSeconds, budget];

const CHECK =
  'SELECT place, outcome, since, retry_at AS "retryAt", spent FROM verify_documents($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)';

/** A line that only has to wait for the next hour keeps waiting. */
const CHECK_LINES = `INSERT INTO bulk_results (bulk, line, outcome, since, at)
  SELECT $14, ($15::int[])[v.place], v.outcome, v.since, $1 FROM verify_documents($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) v
  WHERE NOT v.spent
  RETURNING line`;

const SPENT = `SELECT failures FROM verification_budgets WHERE client = $1 AND hour = date_trunc('hour', $2::timestamptz)`;

const NOT_CHECKED = `INSERT INTO bulk_results (bulk, line, outcome) VALUES ($1, $2, 'not-checked') ON CONFLICT DO NOTHING`;

const BULK = `SELECT id, client, at, lines, refused, document_ref AS "documentRef", ended_at AS "endedAt",
  (SELECT count(*) FROM bulk_results r WHERE r.bulk = b.id) AS done FROM bulk_verifications b WHERE id = $1`;

/** Statements under way at once, and questions in one: with one lane, whatever comes during a commit shares the next one. */
const BATCHES = { lanes: 1, most: 64 };

const nextHour = (at: Instant): Instant => instant((Math.floor(millis(at) / HOUR) + 1) * HOUR);

function valuesOf(
  questions: readonly Question[],
  at: Instant,
  ref: (i: number) => string | null,
  budget: number = GUARD.hourlyFailures,
): unknown[] {
  return [
    at,
    riyadhDate(at),
    questions.map(({ client }) => client),
    questions.map(({ channel }) => channel),
    questions.map(({ person }) => person),
    questions.map(({ beneficiary }) => beneficiary),
    questions.map(({ birthDate }) => birthDate),
    questions.map(({ serial }) => serial),
    questions.map((_question, i) => ref(i)),
    ...guardValues(budget),
  ];
}

function checkedOf({ outcome, since, retryAt, spent }: Row): Checked {
  if (outcome === 'too-many-guesses')
    return { refusal: spent ? 'too-many-guesses-this-hour' : outcome, retryAt: retryAt ?? '' };
  return { verdict: outcome, ...(since === null ? {} : { since }) };
}

export function createVerifications(database: Database): Verifications {
  const db = database.from('register');

  const check = batched<{ question: Question; at: Instant }, Checked>(async (asked) => {
    const values = valuesOf(
      asked.map(({ question }) => question),
      asked.at(-1)?.at ?? '',
      () => null,
    );
    const answers: Checked[] = [];
    for (const row of await db.query<Row>({ name: 'verify-documents', text: CHECK, values }))
      answers[row.place - 1] = checkedOf(row);
    return answers;
  }, BATCHES);

  const unanswered = async (bulk: string, lines: readonly BulkLine[]): Promise<BulkLine[]> => {
    const text = 'SELECT line FROM bulk_results WHERE bulk = $1 AND line = ANY ($2)';
    const answered = await db.query<{ line: number }>({ text, values: [bulk, lines.map(({ line }) => line)] });
    const known = new Set(answered.map(({ line }) => line));
    return lines.filter(({ line }) => !known.has(line));
  };

  const answer = async (bulk: string, lines: readonly BulkLine[], at: Instant): Promise<number> => {
    const ref = (i: number): string => `${bulk}:${lines[i]?.line}`;
    const asked = valuesOf(lines, at, ref, GUARD.hourlyBulkFailures);
    const values = [...asked, bulk, lines.map(({ line }) => line)];
    return (await db.query({ name: 'verify-lines', text: CHECK_LINES, values })).length;
  };

  const oneByOne = async (bulk: string, lines: readonly BulkLine[], at: Instant, lastTry: boolean): Promise<number> => {
    let answered = 0;
    let defect: unknown;
    for (const line of lines) {
      try {
        answered += await answer(bulk, [line], at);
      } catch (error) {
        if (!isDefect(error)) throw error;
        if (!lastTry) defect = error;
        else await db.query({ text: NOT_CHECKED, values: [bulk, line.line] });
        answered += 1;
      }
    }
    if (defect !== undefined) throw defect;
    return answered;
  };

  return {
    check: (question, at) => check({ question, at }),
    async openBulk({ id, client, channel, at, lines, refused, documentRef }) {
      const text = `INSERT INTO bulk_verifications (id, client, channel, at, lines, refused, document_ref) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING`;
      await db.query({ text, values: [id, client, channel, at, lines, refused, documentRef] });
    },
    async bulk(id) {
      const [state] = await db.query<BulkState>({ name: 'bulk-state', text: BULK, values: [id] });
      return state ?? null;
    },
    undone: (before) =>
      db.query({
        text: 'SELECT id FROM bulk_verifications WHERE ended_at IS NULL AND at < $1 ORDER BY at',
        values: [before],
      }),
    async checkLines(bulk, given, at, lastTry) {
      const lines = await unanswered(bulk, given);
      const [first] = lines;
      if (!first) return { retryAt: null };
      const [budget] = await db.query<{ failures: number }>({ text: SPENT, values: [first.client, at] });
      if ((budget?.failures ?? 0) >= GUARD.hourlyBulkFailures) return { retryAt: nextHour(at) };
      const answered = await answer(bulk, lines, at).catch((error: unknown) => {
        if (!isDefect(error)) throw error;
        return oneByOne(bulk, lines, at, lastTry);
      });
      return { retryAt: answered < lines.length ? nextHour(at) : null };
    },
    async endBulk(id, at) {
      await db.query({
        text: 'UPDATE bulk_verifications SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL',
        values: [id, at],
      });
    },
    async forgetGuesses(at) {
      const guards = `DELETE FROM verification_guards WHERE failed_at < $1::timestamptz - interval '7 days' AND locked_until < $1`;
      await db.query({ text: guards, values: [at] });
      const budgets = `DELETE FROM verification_budgets WHERE hour < $1::timestamptz - interval '1 day'`;
      await db.query({ text: budgets, values: [at] });
    },
    results: (bulk) =>
      db.query<BulkResult>({
        text: 'SELECT line, outcome, since, at, salt FROM bulk_results WHERE bulk = $1 ORDER BY line',
        values: [bulk],
      }),
  };
}
