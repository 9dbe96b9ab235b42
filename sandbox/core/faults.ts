/** What a party really did wrong; the dials only say how likely it is. Webhooks since its ledger began, requests since its process did. */
export const noFaults = () => ({
  /** Answered 500 or 503, nothing done. */
  errors: 0,
  /** Never answered, nothing done. */
  timeouts: 0,
  /** Done, and never answered. */
  doneThenTimeouts: 0,
  lostWebhooks: 0,
  doubledWebhooks: 0,
  /** Sent later than those that came after them may have been. */
  shuffledWebhooks: 0,
});
export type Faults = ReturnType<typeof noFaults>;
