import { Webhook } from 'standardwebhooks';

/** What Tajdid sends to a portal's endpoint: a CloudEvent 1.0 without personal data. Read the case to learn more. */
export interface CaseCloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  /** `example.tajdid.case.v1.` and the case event's type. */
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly caseId: string;
    readonly caseType: string;
    readonly eventType: string;
    /** The event's place in its case: events of one case come in this order. */
    readonly version: number;
    /** The case's status at `statusVersion`, which is this event's version or a later one. */
    readonly status: string;
    readonly statusVersion: number;
  };
}

/**
 * Checks the signature and the age of what came in, then reads it. Give it the body as it came, byte for byte.
 * Throws when it is not from Tajdid, or too old. The same `webhook-id` may come again: act on each once.
 */
export function readWebhook(
  secret: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string,
): { id: string; event: CaseCloudEvent } {
  const one = (name: string): string => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  const id = one('webhook-id');
  const event = new Webhook(secret).verify(body, {
    'webhook-id': id,
    'webhook-timestamp': one('webhook-timestamp'),
    'webhook-signature': one('webhook-signature'),
  }) as CaseCloudEvent;
  return { id, event };
}
