import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../time';

/** What an endpoint is told: that something happened in one of its portal's cases. References and words of ours only. */
export interface PortalMessage {
  readonly endpoint: string;
  readonly seq: number;
  readonly caseId: string;
  readonly caseType: string;
  readonly version: number;
  readonly eventType: string;
  readonly at: Instant;
  readonly status: string;
  /** The version of the case that `status` is of: this event's or a later one. */
  readonly statusVersion: number;
}

const GIVES_UP_AFTER = 3 * DAY;

/** Milliseconds from each failed attempt to the next: the steps that Standard Webhooks propose, three days in all. */
const STEPS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR];
export const RETRY_STEPS: readonly number[] = [...STEPS, GIVES_UP_AFTER - STEPS.reduce((sum, step) => sum + step, 0)];

export const EVENT_TYPE_PREFIX = 'example.tajdid.case.v1.';

/** The same for each attempt and each redelivery: by it a receiver acts on a message once. */
export const messageId = ({ endpoint, seq }: Pick<PortalMessage, 'endpoint' | 'seq'>): string =>
  `msg_${endpoint}_${seq}`;

/** A CloudEvent 1.0. The same message gives the same bytes, whenever it is sent. `publicUrl`: the API whose cases they are. */
export function cloudEvent(message: Omit<PortalMessage, 'endpoint' | 'seq'>, publicUrl: string): object {
  const { caseId, caseType, version, eventType, at, status, statusVersion } = message;
  return {
    specversion: '1.0',
    id: `${caseId}/${version}`,
    source: `${publicUrl}/v1/cases`,
    type: EVENT_TYPE_PREFIX + eventType,
    subject: caseId,
    time: at,
    datacontenttype: 'application/json',
    data: { caseId, caseType, eventType, version, status, statusVersion },
  };
}

/** Why an address is not sent to. */
export type UrlRefusal = 'unreadable' | 'not-https' | 'has-credentials' | 'private-address' | 'name-unknown';

/**
 * How an attempt ended. Only `delivered` is final; `gone` (410) disables the endpoint; redirects are not followed.
 * `refused-…`: the name led to an address that is not sent to.
 */
export type AttemptOutcome =
  'delivered' | 'gone' | 'redirect' | 'timeout' | 'unreachable' | `http-${number}` | `refused-${UrlRefusal}`;
