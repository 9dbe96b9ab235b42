export interface ParcelState {
  readonly parcelId: string;
  readonly status:
    | 'booked'
    | 'out-for-delivery'
    | 'delivered'
    | 'failed'
    | 'ready-for-pickup'
    | 'collected'
    | 'returned'
    | 'cancelled';
}

/** Where a parcel goes. Personal data. */
export interface DeliveryAddress {
  readonly recipient: string;
  readonly phone: string;
  readonly line: string;
  readonly district: string;
  readonly city: string;
  readonly postalCode: string;
}

/** The courier. Every call is idempotent by its `key`. */
export interface Courier {
  /** `to.office` takes the card to an office, where the holder collects it. */
  book(order: {
    key: string;
    caseId: string;
    serial: string;
    to: { address: DeliveryAddress } | { office: string };
  }): Promise<{ parcelId: string }>;
  state(parcelId: string): Promise<ParcelState>;
  cancel(order: { key: string; parcelId: string }): Promise<{ cancelled: boolean }>;
  redeliver(order: { key: string; parcelId: string }): Promise<void>;
  /** From the holder's door to the nearest office, after a failed delivery. */
  divertToOffice(order: { key: string; parcelId: string; office: string }): Promise<void>;
  /** From the office back to the issuer. */
  returnToIssuer(order: { key: string; parcelId: string }): Promise<void>;
}
