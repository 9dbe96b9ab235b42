/** The message centre (SMS). Idempotent by `key`: the same key sends one message. */
export interface Messages {
  send(message: {
    key: string;
    caseId: string;
    to: string;
    textAr: string;
    textEn: string;
  }): Promise<{ messageId: string }>;
  /** Refused for a message that was never sent. */
  state(messageId: string): Promise<'sent'>;
}
