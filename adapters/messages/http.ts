import { z } from 'zod';
import { HttpClient, type HttpSettings } from '../http/client';
import { Id, segment } from '../http/wire';
import type { Messages } from './port';

const State = z.object({ status: z.literal('sent') });
const Sent = z.object({ messageId: Id });

/** The message centre's API. */
export function httpMessages(settings: HttpSettings): Messages & { close(): void } {
  const client = new HttpClient('messages', settings);
  return {
    send: ({ key, caseId, to, textAr, textEn }) => client.post('/messages', key, { caseId, to, textAr, textEn }, Sent),
    state: async (messageId) => (await client.get(`/messages/${segment(messageId)}`, State)).status,
    close: () => client.close(),
  };
}
