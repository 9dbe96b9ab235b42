import type { LocalDate } from '../../domain/time';

/** What a hospital or court said about an event, by the reference number on its paper. Personal data. */
export interface Notice {
  readonly reference: string;
  readonly kind: 'birth' | 'marriage' | 'divorce' | 'death' | 'family-link';
  readonly on: LocalDate;
  /** Identity numbers of those whom it concerns. */
  readonly people: readonly string[];
}

export interface Evidence {
  /** What the notice is known by where its reference may not stand. */
  markOf(reference: string): string;
  /** null as long as nobody has sent a notice under this reference. */
  notice(reference: string): Promise<Notice | null>;
}
