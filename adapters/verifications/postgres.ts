import { GUARD, type Verdict } from '../../domain/services/verification';
import { riyadhDate, type Instant, type LocalDate } from '../../domain/time';
import type { Database } from '../postgres/database';
import { batched } from './batches';
import type { BulkLine, BulkResult, BulkState, Checked, Question, Verifications } from './port';

interface Row {
  readonly place: number;
  readonly outcome: Verdict | 'too-many-guesses';
  readonly since: LocalDate | null;
  readonly retryAt: Instant | null;
}

const GUARD_VALUES = [GUARD.free, GUARD.lockSeconds, GUARD.longestLockSeconds, GUARD.hourlyFailures];

const CHECK =
  'SELECT place, outcome, since, retry_at AS "retryAt" FROM verify_documents($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)';

const CHECK_LINES = `INSERT INTO bulk_results (bulk, line, outcome, since)
  SELECT $14, ($15::int[])[v.place], v.outcome, v.since FROM verify_documents($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) v`;

const BULK = `SELECT id, client, at, lines, refused, document_ref AS "documentRef", ended_at AS "endedAt",
  (SELECT count(*) FROM bulk_results r WHERE r.bulk = b.id) AS done FROM bulk_verifications b WHERE id = $1`;

/** Statements under way at once, and questions in one: with one lane, whatever comes during a commit shares the next one. */
const BATCHES = { lanes: 1, most: 64 };

function valuesOf(questions: readonly Question[], at: Instant, ref: (i: number) => string | null): unknown[] {
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
    ...GUARD_VALUES,
  ];
}

function checkedOf({ outcome, since, retryAt }: Row): Checked {
  if (outcome === 'too-many-guesses') return { refusal: outcome, retryAt: retryAt ?? '' };
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
    async checkLines(bulk, given, at) {
      const lines = await unanswered(bulk, given);
      if (lines.length === 0) return;
      const values = [...valuesOf(lines, at, (i) => `${bulk}:${lines[i]?.line}`), bulk, lines.map(({ line }) => line)];
      await db.query({ name: 'verify-lines', text: CHECK_LINES, values });
    },
    async endBulk(id, at) {
      await db.query({
        text: 'UPDATE bulk_verifications SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL',
        values: [id, at],
      });
    },
    results: (bulk) =>
      db.query<BulkResult>({
        text: 'SELECT line, outcome, since FROM bulk_results WHERE bulk = $1 ORDER BY line',
        values: [bulk],
      }),
  };
}
