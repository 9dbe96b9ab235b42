import { z } from 'zod';
import { OutsideFailure } from '../../domain/failures';
import { HttpClient, type HttpSettings } from '../http/client';
import { segment } from '../http/wire';
import { markOf } from './mark';
import type { Evidence } from './port';

const Answer = z.object({
  reference: z.string(),
  kind: z.enum(['birth', 'marriage', 'divorce', 'death', 'family-link']),
  on: z.string(),
  people: z.array(z.string()),
});

/** The notices of hospitals and courts. */
export function httpEvidence(settings: HttpSettings): Evidence & { close(): void } {
  const client = new HttpClient('evidence', settings);
  return {
    markOf,
    async notice(reference) {
      try {
        return await client.get(`/notices/${segment(reference)}`, Answer);
      } catch (error) {
        if (error instanceof OutsideFailure && error.code === 'unknown-notice') return null;
        throw error;
      }
    },
    close: () => client.close(),
  };
}
