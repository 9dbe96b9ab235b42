import { z } from 'zod';
import { type FailureKind, OutsideFailure, type Outside } from '../../domain/failures';
import { Word } from './wire';

/** What a refusal may say about itself; anything else could hold personal data and is left out. */
const Refusal = z.object({ code: Word });

/**
 * A status that is not 2xx: 429 and 503 say that nothing was done; another 5xx says nothing; another 4xx says no, in the
 * words of the body's `code`; a redirect is nothing that was agreed upon.
 */
export function statusFailure(source: Outside, method: 'GET' | 'POST', status: number, text: string): OutsideFailure {
  const kind = kindOf(method, status);
  const code = (kind === 'refused' ? refusalCode(text) : null) ?? `http-${status}`;
  return new OutsideFailure(kind, source, code, `${source}: ${method} was answered ${status} (${code})`);
}

function kindOf(method: 'GET' | 'POST', status: number): FailureKind {
  if (status === 503 || status === 429) return 'unavailable';
  if (status >= 500 || status === 408) return method === 'GET' ? 'unavailable' : 'outcome-unknown';
  return status >= 400 ? 'refused' : 'defect';
}

function refusalCode(text: string): string | null {
  try {
    return Refusal.safeParse(JSON.parse(text)).data?.code ?? null;
  } catch {
    return null;
  }
}
