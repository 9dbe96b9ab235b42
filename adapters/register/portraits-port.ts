import type { LocalDate } from '../../domain/time';

/** The portrait on the card that somebody came into the register with. */
export interface EnrolledPortrait {
  readonly documentRef: string;
  readonly takenOn: LocalDate;
}

/** What the register has of faces from before there were cases; later portraits are the cases' own. */
export interface EnrolledPortraits {
  of(person: string): Promise<EnrolledPortrait | null>;
  /** The first one stays. */
  keep(person: string, portrait: EnrolledPortrait): Promise<void>;
}
