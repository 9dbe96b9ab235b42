import type { Beneficiary } from '../../domain/identity-number';
import type { LocalDate } from '../../domain/time';
import type { CardPersonalisation } from '../card-bureau/port';
import type { DeliveryAddress } from '../courier/port';

export type DocumentType = 'national-id' | 'resident-id';
/** What somebody may hold: a visitor has the visa that they came in with, and no card. */
export type HeldDocumentType = DocumentType | 'visit-visa';

/** A card that was reported lost. It stays lost, whether it is found again or not. */
export interface CardLoss {
  readonly lostOn: LocalDate;
  readonly reportedOn: LocalDate;
  /** Cards that the person had reported lost before. */
  readonly before: number;
}

/** The facts about a person that decisions need. No name, no number. */
export interface PersonFacts {
  readonly beneficiary: Beneficiary;
  readonly birthDate: LocalDate;
  readonly sex: 'M' | 'F';
  readonly diedOn: LocalDate | null;
  readonly blocked: boolean;
  readonly hasAddress: boolean;
  /** Cards reported lost before the one that is named here. */
  readonly losses: number;
  /** The card in force, or the last one that was. */
  readonly card: {
    readonly serial: string;
    readonly type: HeldDocumentType;
    readonly issuedOn: LocalDate;
    readonly expiresOn: LocalDate;
    readonly status: 'valid' | 'lost' | 'superseded' | 'voided';
    /** Where it was reported lost. */
    readonly loss?: Omit<CardLoss, 'before'>;
  } | null;
}

/**
 * The civil register. Entries are effective-dated and never overwritten; every write is idempotent by its `key`. A card is neither
 * begun nor made valid for somebody whose death is registered: refused as `person-died`; nor for whoever's birth was revoked:
 * `identity-revoked`.
 */
export interface Register {
  /** null for somebody whom the register does not know. */
  facts(person: string): Promise<PersonFacts | null>;
  /** Everything for the card but serial, dates and photo. Personal data. */
  identity(
    person: string,
  ): Promise<Omit<CardPersonalisation, 'documentType' | 'serial' | 'issuedOn' | 'expiresOn' | 'photo'>>;
  /** Personal data. */
  contact(person: string): Promise<{ phone: string; language: 'ar' | 'en'; address: DeliveryAddress | null }>;
  /**
   * A serial for the next card, and a note that the old one is being replaced; the old one stays valid. Asked again, it is the same
   * serial and the day on which it was first given.
   */
  reserveCard(order: {
    key: string;
    person: string;
    type: DocumentType;
    caseId: string;
  }): Promise<{ serial: string; reservedOn: LocalDate }>;
  /**
   * From this day on the card is no longer valid. Reported again, the first report stands. Refused: `card-unknown`, `card-not-in-force`,
   * `loss-date` for a day before its issue or to come.
   */
  reportLost(order: { person: string; serial: string; lostOn: LocalDate; caseId: string }): Promise<CardLoss>;
  /** null for a serial that the register never gave. */
  cardState(serial: string): Promise<'reserved' | 'valid' | 'lost' | 'superseded' | 'voided' | null>;
  /** Takes the reservation back: the serial is void for ever and the old card as before. */
  releaseCard(order: { key: string; serial: string; caseId: string }): Promise<void>;
  /** At the hand-over, in one transaction: the new card becomes valid and the old one superseded. */
  swapCards(order: {
    key: string;
    person: string;
    caseId: string;
    serial: string;
    type: DocumentType;
    issuedOn: LocalDate;
    expiresOn: LocalDate;
  }): Promise<void>;
}
