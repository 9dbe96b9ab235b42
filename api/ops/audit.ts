import type { z } from 'zod';
import { auditFrom, checkHead } from '../../ops/audit';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { Audit, AuditPart, AuditQuery, HeadCheck, HeadChecked } from './audit-schemas';
import { OpsCaseParams } from './schemas';

/** A thousand cases, or as many pages of the log: an answer within a second or so. */
const STRETCHES = 5;

/** Proves that the log is what was appended. */
export function auditRoutes({ ops, log, stopping }: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/ops/cases/{id}/audit',
      tag: 'Operators',
      operationId: 'auditCase',
      summary: 'Walks the hash chain of a case',
      roles: ['operator', 'auditor'],
      params: OpsCaseParams,
      success: { status: 200, description: 'Whether it is what was appended', schema: Audit },
      problems: ['case-not-found', 'temporarily-unavailable'],
      async handle({ params }) {
        const audit = await ops.audit.case(params.id);
        if (!audit) throw new Problem('case-not-found');
        return { body: audit };
      },
    }),
    route({
      method: 'get',
      path: '/v1/ops/audit',
      tag: 'Operators',
      operationId: 'auditLog',
      summary: 'Walks the hash chains of the whole log, a part at a time',
      description:
        'Each answer is about one part and names the next; the audit is over when `next` is null. Left off, it can be gone on with later and elsewhere.',
      roles: ['operator', 'auditor'],
      query: AuditQuery,
      success: { status: 200, description: 'What this part came to', schema: AuditPart },
      problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ query }) {
        const { broken, ...part } = await auditFrom(ops.audit, query.after ?? null, STRETCHES);
        return { body: { ...part, broken: [...broken] } };
      },
    }),
    route({
      method: 'post',
      path: '/v1/ops/head-checks',
      tag: 'Operators',
      operationId: 'checkHead',
      summary: 'Holds the log against a signed head that was exported before',
      description:
        'Every event up to the head is read once. Lines of JSON: how far it is, and last of all the verdict; without a verdict the check was not finished. Heads are signed on the command line alone, because the key that signs belongs where nobody of this database can read it.',
      roles: ['operator', 'auditor'],
      body: HeadCheck,
      success: {
        status: 200,
        description: 'Progress, and the verdict in the last line',
        schema: HeadChecked,
        mediaType: 'application/x-ndjson',
      },
      problems: ['validation-failed', 'unknown-field', 'temporarily-unavailable'],
      async handle({ body: { head, publicKey }, res }) {
        const tell = (line: z.output<typeof HeadChecked>): void => {
          if (!res.headersSent)
            res.status(200).set({
              'content-type': 'application/x-ndjson; charset=utf-8',
              'cache-control': 'no-store',
              'x-accel-buffering': 'no',
            });
          res.write(`${JSON.stringify(line)}\n`);
        };
        let read = 0;
        try {
          const verdict = await checkHead(ops.audit, head, publicKey, (events) => {
            // Nobody waits for it any more.
            if (res.closed || stopping?.aborted) throw new LeftOff();
            read = events;
            tell({ events, verdict: null });
          });
          tell({ events: read, verdict });
          res.end();
        } catch (error) {
          if (!res.headersSent) throw error;
          if (!(error instanceof LeftOff))
            log.warn({ why: error instanceof Error ? error.name : 'unknown' }, 'the check of a head broke off');
          res.destroy();
        }
        return undefined;
      },
    }),
  ];
}

class LeftOff extends Error {}
