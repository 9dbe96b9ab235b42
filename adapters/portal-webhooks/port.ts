import type { AttemptOutcome, PortalMessage, UrlRefusal } from '../../domain/services/portal-webhooks';
import type { Instant } from '../../domain/time';

export type EndpointProblem = 'gone' | 'failing-for-three-days';

export interface PortalEndpoint {
  readonly id: string;
  readonly client: string;
  readonly url: string;
  /** Types of case events, or `*` for all. */
  readonly types: readonly string[];
  readonly state: 'enabled' | 'disabled';
  /** Why it is disabled. */
  readonly problem: EndpointProblem | null;
  readonly createdAt: Instant;
  /** The vault's references of the secrets that sign now, the newest first. */
  readonly secretRefs: readonly string[];
  /** Of the first failure since the last success. */
  readonly failingSince: Instant | null;
  readonly lastSuccessAt: Instant | null;
  readonly lastFailureAt: Instant | null;
  readonly lastFailure: string | null;
}

export interface MessageCounts {
  readonly pending: number;
  readonly failed: number;
}

export interface NewEndpoint {
  readonly id: string;
  readonly client: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly secretRef: string;
  readonly at: Instant;
}

/** The endpoints of portals. A portal reaches only its own: with another's id there is nothing. */
export interface PortalEndpoints {
  /** Nothing is added when the client has as many as it may have; the same id again has no effect. */
  add(endpoint: NewEndpoint, most: number): Promise<void>;
  ofClient(client: string): Promise<readonly (PortalEndpoint & { readonly messages: MessageCounts })[]>;
  find(client: string, id: string): Promise<(PortalEndpoint & { readonly messages: MessageCounts }) | null>;
  remove(client: string, id: string): Promise<boolean>;
  /**
   * The secret before signs too, until `oldUntil`. While one that was replaced before still signs, it goes on until its own time, and
   * the newest is replaced. Answers until when; null when there is no such endpoint.
   */
  rotate(client: string, id: string, secretRef: string, oldUntil: Instant): Promise<Instant | null>;
  enable(client: string, id: string): Promise<boolean>;
  /**
   * Sends again: those that were given up, or everything since an instant that the endpoint asks for, delivered or not.
   * Answers how many messages wait because of it.
   */
  redeliver(client: string, id: string, what: { readonly failed: true } | { readonly from: Instant }): Promise<number>;
}

/** A message with where it goes. */
export interface DueMessage extends PortalMessage {
  readonly url: string;
  readonly secretRefs: readonly string[];
  readonly attempts: number;
}

export interface Attempted {
  readonly endpoint: string;
  readonly seq: number;
  readonly outcome: AttemptOutcome;
  readonly at: Instant;
  /** null: delivered, or given up. */
  readonly nextAt: Instant | null;
}

/** The messages and how far they are. Within a case, a message is not due before the one ahead of it is delivered or given up. */
export interface PortalOutbox {
  /** Makes messages of what is new in the log; `more` when there is more than `most` to read. */
  fanOut(most: number): Promise<{ readonly made: number; readonly more: boolean }>;
  /** Messages never tried, to endpoints that are well and not among these; so many for each endpoint. */
  fresh(most: number, except: readonly string[]): Promise<readonly DueMessage[]>;
  /** Messages of one endpoint whose time to be tried again has come; where it is failing, one that was never tried is among them. */
  due(endpoint: string, at: Instant, most: number): Promise<readonly DueMessage[]>;
  /** Keeps what came of them; a success makes the endpoint well, `gone` and giving up after three days without one disable it. */
  record(attempted: readonly Attempted[]): Promise<void>;
  /** When to look at this endpoint again; null when nothing has to be tried again. */
  nextLook(endpoint: string, at: Instant): Promise<Instant | null>;
  /** Endpoints that have something to be tried again. */
  failing(): Promise<readonly string[]>;
  /** Forgets messages that were delivered before this, so many at most; answers how many. */
  forget(before: Instant, most: number): Promise<number>;
}

export interface Sending {
  readonly url: string;
  readonly id: string;
  readonly body: string;
  /** Each signs. */
  readonly secrets: readonly string[];
}

export interface Attempt {
  readonly outcome: AttemptOutcome;
  readonly ms: number;
}

/** Sends to addresses that others chose: never to our own network, unless that is allowed. Never throws for what the other side does. */
export interface PortalWebhookSender {
  /** Why nothing will be sent there; undefined when it will. */
  check(url: string): Promise<UrlRefusal | undefined>;
  send(sending: Sending): Promise<Attempt>;
}
