import { z } from 'zod';
import type { WebhookSource } from '../../adapters/webhooks/schemas';
import { readWebhook, type WebhookRefusal } from '../../adapters/webhooks/verify';
import { caseTypeOfId } from '../../workflows/case-types';
import type { ApiDeps } from '../deps';
import { webhooksTaken } from '../health/metrics';
import { openRoute, type Reply, type Route } from '../http/route';
import type { ProblemCode } from '../problems/catalogue';
import { Problem } from '../problems/problem';

const LIMIT = 100 * 1024;

const PROBLEM_OF = {
  'bad-signature': 'webhook-signature-wrong',
  stale: 'webhook-stale',
  unreadable: 'webhook-unreadable',
} as const satisfies Record<WebhookRefusal, ProblemCode>;

const sources: readonly WebhookSource[] = ['payments', 'card-bureau', 'courier'];

const Taken = z.object({ taken: z.enum(['handed-on', 'seen-before', 'unknown-case']) }).meta({ id: 'WebhookTaken' });
type Taken = z.infer<typeof Taken>;

/**
 * Handed on first and remembered after, so that a message is lost by no crash in between: the sender sends again, and the case
 * counts it once by its id. Only what the engine took is answered with 2xx.
 */
function webhookRoute(source: WebhookSource, { cases, webhookInbox, settings, log, now = Date.now }: ApiDeps): Route {
  return openRoute({
    method: 'post',
    path: `/v1/webhooks/${source}`,
    tag: 'Webhooks',
    operationId: `receive${source.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Webhook`,
    summary: `What ${source} tells us`,
    description:
      'Signed as Standard Webhooks say. To be sent again until it is answered with 2xx; it may come any number of times and in any order.',
    open: 'signed',
    raw: { mediaTypes: ['*/*'], limit: LIMIT },
    headers: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
      name,
      required: true,
      description: 'As Standard Webhooks say',
    })),
    success: { status: 200, description: 'Taken', schema: Taken },
    problems: [
      'webhook-signature-wrong',
      'webhook-stale',
      'webhook-unreadable',
      'body-too-large',
      'engine-silent',
      'temporarily-unavailable',
    ],
    async handle({ req, body }) {
      const read = readWebhook({
        source,
        headers: req.headers,
        rawBody: body as Buffer,
        secrets: settings.webhookSecrets[source],
        now: now(),
      });
      if ('refusal' in read) {
        webhooksTaken.inc({ source, outcome: read.refusal });
        throw new Problem(PROBLEM_OF[read.refusal]);
      }
      const { message } = read;
      const answer = (taken: Taken['taken']): Reply<Taken> => {
        webhooksTaken.inc({ source, outcome: taken });
        return { body: { taken } };
      };
      if (!caseTypeOfId(message.caseId)) {
        log.warn({ source, webhook: message.id, type: message.type }, 'a webhook names a case that cannot be ours');
        return answer('unknown-case');
      }
      if (await webhookInbox.seen(source, message.id)) return answer('seen-before');
      // A case that is being filed is not in the log yet, but its run hears already; a run for a case that nobody knows ends by itself.
      await cases.tell(message);
      await webhookInbox.remember(source, message.id);
      return answer('handed-on');
    },
  });
}

export const webhookRoutes = (deps: ApiDeps): Route[] => sources.map((source) => webhookRoute(source, deps));
