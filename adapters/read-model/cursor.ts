import { refusal, type Refusal } from '../../domain/refusal';
import type { Instant } from '../../domain/time';

/** Where a page ended: the value it is ordered by, and the case, which makes it unique. */
export interface Place {
  readonly at: Instant;
  readonly caseId: string;
}

/** Opaque to the reader. It grants nothing: filters and ownership are applied to every page anew. */
export const cursorAt = (order: string, { at, caseId }: Place): string =>
  Buffer.from(JSON.stringify([order, at, caseId])).toString('base64url');

export function placeOf(cursor: string, order: string): Place | { readonly refusal: Refusal } {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(parts) || parts.length !== 3) return WRONG;
    const [given, at, caseId] = parts as unknown[];
    if (given !== order || typeof at !== 'string' || typeof caseId !== 'string') return WRONG;
    if (new Date(at).toISOString() !== at || caseId.includes('\0')) return WRONG;
    return { at, caseId };
  } catch {
    return WRONG;
  }
}

const WRONG = {
  refusal: refusal(
    'invalid',
    'cursor-invalid',
    'The cursor is not one of this list. Start from the first page.',
    'مؤشر الصفحة لا يخص هذه القائمة. ابدأ من الصفحة الأولى.',
  ),
};
