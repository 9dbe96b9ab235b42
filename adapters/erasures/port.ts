import type { Instant } from '../../domain/time';

/** Why somebody is not erased. */
export const erasureRefusals = [
  'person-unknown',
  'person-erased',
  'open-case',
  'card-in-force',
  'in-family-records',
  'no-such-erasure',
  'erasure-made',
  'erasure-too-old',
  'asked-by-the-same',
] as const;
export type ErasureRefusal = (typeof erasureRefusals)[number];

export interface Erasure {
  readonly id: number;
  readonly person: string;
  readonly askedBy: string;
  readonly askedAt: Instant;
  /** Where each one's reason is kept in words. */
  readonly askedReasonRef: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Instant | null;
  readonly confirmedReasonRef: string | null;
}

/** Who did it, and where the reason is kept in words. */
interface Said {
  readonly by: string;
  readonly reasonRef: string;
}

/**
 * The erasure of a person: one asks for it, and another one confirms it within 30 days. Both are refused while something of the
 * person is still at work, and both stay on record.
 */
export interface Erasures {
  /** Its number, by which the other one confirms it. Fails as refused with an `ErasureRefusal`. */
  ask(order: Said & { readonly person: string }): Promise<number>;
  /** Destroys the person's key, in all programs at once. Fails as refused with an `ErasureRefusal`. */
  confirm(order: Said & { readonly id: number }): Promise<void>;
  /** The newest first. */
  recent(limit: number): Promise<readonly Erasure[]>;
}
