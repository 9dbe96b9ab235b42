/**
 * Temporal or PostgreSQL can not be obtained or started. The message is written for the person at the terminal:
 * what is wrong and what to do. Trying again without changing anything gives the same answer.
 */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

/** Receives one line of progress or explanation, without a line end. */
export type Log = (line: string) => void;
