import { z } from 'zod';
import { HttpClient, type HttpSettings } from '../http/client';
import type { Messages } from './port';

const Sent = z.object({ messageId: z.string() });

/** The message centre's API. */
export function httpMessages(settings: HttpSettings): Messages & { close(): void } {
  const client = new HttpClient('messages', settings);
  return {
    send: ({ key, caseId, to, textAr, textEn }) => client.post('/messages', key, { caseId, to, textAr, textEn }, Sent),
    close: () => client.close(),
  };
}
