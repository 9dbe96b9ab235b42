/** Where a card is to go: to the holder's national address, or to an office. */
export interface DeliveryChoice {
  readonly method: 'courier' | 'pickup';
  readonly office?: string;
}
