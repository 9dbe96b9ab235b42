import type { Instant, LocalDate } from '../../domain/time';
import type { HeldDocumentType } from '../register/port';
import type { PersonRecord } from '../register/record';

export interface CardHeld {
  readonly serial: string;
  readonly type: HeldDocumentType;
  readonly status: string;
  readonly issuedOn: LocalDate;
  readonly expiresOn: LocalDate;
  /** The days on which it was in force; no end for the one that is. */
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

export interface Relative {
  /** Their reference. */
  readonly person: string;
  readonly relation: 'father' | 'mother' | 'spouse' | 'guardian' | 'child' | 'ward';
  readonly nameAr: string;
  readonly nameEn: string;
  readonly birthDate: LocalDate;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

export interface OwnCase {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly channel: string;
  readonly filedAt: Instant;
  readonly closedAt: Instant | null;
}

/** Somebody looked at, or was given, something about the person: the same by the same on one day in Riyadh is one access. */
export interface Access {
  /** The last time of that day. */
  readonly at: Instant;
  readonly times: number;
  readonly service: string;
  readonly what: string;
  readonly outcome: string;
  readonly client: string;
  readonly channel: string;
}

/** Where a list of accesses goes on: after this line, of those that were there when its first page was read. */
export interface AccessCursor {
  readonly upTo: number;
  readonly before: number;
}

export interface AccessPage {
  /** The latest first. */
  readonly items: readonly Access[];
  readonly next: AccessCursor | null;
}

export interface RegisterNote {
  readonly kind: string;
  readonly effectiveOn: LocalDate;
  readonly recordedAt: Instant;
  readonly caseId: string | null;
}

/** Everything about one person, for that person. Personal data. */
export interface PersonalRecord {
  readonly identity: Omit<PersonRecord, 'phone' | 'language' | 'address'>;
  readonly contact: Pick<PersonRecord, 'phone' | 'language' | 'address'>;
  readonly diedOn: LocalDate | null;
  readonly cards: readonly CardHeld[];
  readonly family: readonly Relative[];
  /** Those that are open first. */
  readonly cases: readonly OwnCase[];
  /** Every entry of the register about the person; only where details are asked for. */
  readonly entries: readonly RegisterNote[];
  /** Whether there are more cases, or entries, than these. */
  readonly more: { readonly cases: boolean; readonly entries: boolean };
}

export interface PersonalRecords {
  /** null for somebody whom the register does not know; refused as `person-erased` for somebody who was erased. */
  read(person: string, detail: boolean): Promise<PersonalRecord | null>;
  /** Who looked at or received data of this person, from the cursor on. */
  accesses(person: string, after: AccessCursor | null, limit: number): Promise<AccessPage>;
}
