import type { Bilingual } from '../refusal';

/** What a case can have made happen outside itself. */
export type EffectKind = 'payment' | 'refund' | 'card' | 'parcel' | 'message' | 'register' | 'certificate' | 'case';

export interface Made {
  readonly kind: EffectKind;
  readonly what: Bilingual;
  /** The field of the event that tells this effect from another of its kind; the case itself where a case has only one. */
  readonly by?: string;
}

/** Takes an effect back: by the same field, or whatever stands of these kinds. */
interface Undone {
  readonly kinds: readonly EffectKind[];
  readonly by?: string;
}

/** What a case makes happen outside itself, by the events that say so. Operators are shown it, and retry and reset by it. */
export interface Effects<E extends string = string> {
  readonly made: Readonly<Partial<Record<E, Made>>>;
  readonly undone?: Readonly<Partial<Record<E, Undone>>>;
  /** Facts by whose repair the last effect of a kind is another one than the log had thought: the value is the right one. */
  readonly repaired?: Readonly<Record<string, EffectKind>>;
}
