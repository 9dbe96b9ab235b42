import type { LocalDate } from '../../domain/time';

/** What is put on the card and on its chip. Personal data: goes to the bureau only, never into the engine or a log. */
export interface CardPersonalisation {
  readonly documentType: 'national-id' | 'resident-id';
  readonly serial: string;
  readonly identityNumber: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly sex: 'M' | 'F';
  readonly birthDate: LocalDate;
  readonly birthPlaceAr: string;
  readonly birthPlaceEn: string;
  readonly nationality: string;
  readonly issuedOn: LocalDate;
  readonly expiresOn: LocalDate;
  /** JPEG or PNG bytes. */
  readonly photo: Uint8Array;
}

export interface CardOrderState {
  readonly orderId: string;
  readonly serial: string;
  readonly status: 'queued' | 'printed' | 'failed' | 'recalled';
  /** Printed, and worthless since. */
  readonly destroyed: boolean;
}

/** The card bureau. Every call is idempotent by its `key`. */
export interface CardBureau {
  order(order: {
    key: string;
    caseId: string;
    serial: string;
    card: CardPersonalisation;
  }): Promise<{ orderId: string }>;
  state(orderId: string): Promise<CardOrderState>;
  /**
   * Takes an order back before it is printed; `recalled: false` means that the card exists already.
   * By the order's key and not its id, so that an order whose answer never came can be recalled too.
   */
  recall(order: { key: string; orderKey: string }): Promise<{ recalled: boolean }>;
  /** Makes a printed card worthless: its serial is voided and the plastic destroyed. */
  destroy(order: { key: string; serial: string }): Promise<void>;
}
