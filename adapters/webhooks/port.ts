/**
 * Which webhooks arrived before. A sender's message counts once, however often it comes: ask before, and remember only after it
 * was handed on, so that one lost in between is taken when it comes again (whoever it is handed to takes it once by its id too).
 */
export interface WebhookInbox {
  seen(source: string, id: string): Promise<boolean>;
  remember(source: string, id: string): Promise<void>;
  /** Forgets what no sender will send again; answers how many. */
  forgetBefore(receivedAt: string): Promise<number>;
}
