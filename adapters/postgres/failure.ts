import { DatabaseError } from 'pg';
import { OutsideFailure, type Outside } from '../../domain/failures';

/** Raised by our own functions, with a fixed word as the message: see `migrations/`. */
const OUR_DEFECT = 'TJ001';
const OUR_REFUSAL = 'TJ002';

/**
 * SQLSTATEs (or classes of them) after which the same statement may succeed: lost connection, no room, shutting down,
 * a standby, cancelled by a time-out, lost a race. A write whose answer was lost counts too: every write here is idempotent.
 */
const PASSING = ['08', '53', '57', '25006', '40001', '40P01', '55P03'];

/** What the database said, as a failure of `source`. Never quotes the database: its texts may hold values. */
export function failureFrom(error: unknown, source: Outside): unknown {
  if (error instanceof OutsideFailure) return error;
  if (error instanceof DatabaseError) return fromSqlState(error, source);
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const code =
    typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
      ? error.code
      : 'connection';
  return new OutsideFailure(
    'unavailable',
    source,
    `postgres-${code.toLowerCase()}`,
    'the database could not be reached',
  );
}

function fromSqlState(error: DatabaseError, source: Outside): OutsideFailure {
  const state = error.code ?? 'unknown';
  if (state === OUR_DEFECT)
    return new OutsideFailure('defect', source, error.message, `the database refused a broken rule: ${error.message}`);
  if (state === OUR_REFUSAL)
    return new OutsideFailure('refused', source, error.message, `the database refused: ${error.message}`);
  const code = `postgres-${state.toLowerCase()}`;
  if (PASSING.some((prefix) => state.startsWith(prefix))) {
    return new OutsideFailure(
      'unavailable',
      source,
      code,
      `the database did not take the statement (SQLSTATE ${state})`,
    );
  }
  const where = error.constraint ?? error.table ?? error.routine ?? 'statement';
  return new OutsideFailure(
    'defect',
    source,
    code,
    `the database rejected the statement (SQLSTATE ${state}, ${where})`,
  );
}
