import { z } from 'zod';
import type { BulkState } from '../../adapters/verifications/port';
import { bulkPerson, lineRefusals, type BulkFile } from '../../domain/services/bulk-file';
import { BULK_LINES, GUARD, verdicts } from '../../domain/services/verification';
import { instant } from '../../domain/time';
import type { Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { csvText } from '../statements/csv';
import { bulkLines } from './bulk-input';
import { clientOf } from './caller-client';
import { derivedId, IDEMPOTENCY_KEY } from './derived-id';
import { borderNumbersOf } from './person-number';

const LIMIT = 4 * 1024 * 1024;
const Moment = z.string().meta({ format: 'date-time' });
const BulkParams = z.object({
  id: z
    .string()
    .regex(/^blk_[a-z2-7]{26}$/)
    .meta({ example: 'blk_mfrggzdfmztwq2lknnwg23tpob' }),
});

const BulkView = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'done']),
    lines: z.int(),
    refused: z.int().meta({ description: 'Lines that could not be read as a question' }),
    done: z.int().meta({ description: 'Lines answered so far' }),
    acceptedAt: Moment,
    endedAt: Moment.nullable(),
    links: z.object({ self: z.string(), result: z.string() }),
  })
  .meta({ id: 'BulkVerification' });

const ResultView = z
  .object({
    id: z.string(),
    lines: z.array(
      z.object({
        line: z.int().meta({ description: 'From 1; a header is no line, a blank line is one without an answer' }),
        reference: z.string().nullable(),
        identityNumber: z.string().nullable(),
        verdict: z.enum(verdicts).nullable(),
        since: z.string().nullable(),
        refused: z.enum([...lineRefusals, 'too-many-guesses', 'not-checked']).nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkResult' });
type ResultView = z.infer<typeof ResultView>;

const pathOf = (id: string): string => `/v1/verifications/bulk/${id}`;

const viewOf = ({ id, lines, refused, done, at, endedAt }: BulkState): z.infer<typeof BulkView> => ({
  id,
  state: endedAt === null ? 'running' : 'done',
  lines,
  refused,
  done,
  acceptedAt: at,
  endedAt,
  links: { self: pathOf(id), result: `${pathOf(id)}/result` },
});

/** With a mark of its encoding, without which Excel takes Arabic for something else. */
const resultCsv = ({ lines }: ResultView): string =>
  '\ufeff' +
  csvText([
    ['line', 'reference', 'identity_number', 'verdict', 'since', 'refused'],
    ...lines.map(({ line, reference, identityNumber, verdict, since, refused }) => [
      line,
      reference,
      identityNumber,
      verdict,
      since,
      refused,
    ]),
  ]);

export function bulkRoutes(deps: ApiDeps): Route[] {
  const { services, documents, settings, now = Date.now } = deps;
  const borderNumbers = borderNumbersOf(settings);
  const { verifications, flows } = services;

  /** A client's own; another's is not there at all. */
  const own = async (id: string, caller: Caller): Promise<BulkState> => {
    const state = await verifications.bulk(id);
    if (!state || state.client !== clientOf(caller).client) throw new Problem('bulk-not-found');
    return state;
  };

  const resultOf = async ({ id, documentRef }: BulkState): Promise<ResultView> => {
    const kept = await documents.get(documentRef);
    if (!kept) throw new Problem('bulk-result-gone');
    const file = JSON.parse(Buffer.from(kept.bytes).toString()) as BulkFile;
    const answers = new Map((await verifications.results(id)).map((answer) => [answer.line, answer]));
    const lines = file.lines.map((line): ResultView['lines'][number] => {
      const shared = { line: line.line, reference: line.reference ?? null };
      if ('refusal' in line)
        return { ...shared, identityNumber: null, verdict: null, since: null, refused: line.refusal };
      const { outcome = 'not-checked', since = null } = answers.get(line.line) ?? {};
      const verdict = verdicts.find((each) => each === outcome) ?? null;
      return {
        ...shared,
        identityNumber: line.number,
        verdict,
        since,
        refused: verdict === null ? (outcome === 'too-many-guesses' ? outcome : 'not-checked') : null,
      };
    });
    return { id, lines };
  };

  return [
    route({
      method: 'post',
      path: '/v1/verifications/bulk',
      tag: 'Verification',
      operationId: 'verifyInBulk',
      summary: 'Verify a file of identity documents',
      description: `Up to ${BULK_LINES} lines: CSV with a header of \`identity_number\`, \`birth_date\` or \`card_serial\`, and perhaps \`reference\`; or JSON \`{"lines": [{"identityNumber", "birthDate" | "cardSerial", "reference"?}]}\`. UTF-8. A bad line is refused for itself and the rest is done. Where a client's files are wrong about more than ${GUARD.hourlyBulkFailures} lines in an hour, the rest of the file waits for the next. The file and its result are kept for thirty days.`,
      roles: ['portal'],
      headers: [IDEMPOTENCY_KEY],
      raw: { mediaTypes: ['text/csv', 'application/json'], limit: LIMIT },
      success: { status: 202, description: 'Taken in', schema: BulkView, headers: ['Location'] },
      problems: [
        'idempotency-key-missing',
        'idempotency-key-reused',
        'bulk-result-gone',
        'bulk-encoding',
        'bulk-header',
        'bulk-empty',
        'bulk-too-many-lines',
        'malformed-json',
        'validation-failed',
        'engine-silent',
        'temporarily-unavailable',
      ],
      async handle({ body, caller, req }) {
        const { client, channel } = clientOf(caller);
        const id = derivedId('blk', client, req.headers['idempotency-key']);
        const lines = bulkLines(body as Buffer, req.headers['content-type'] ?? '', borderNumbers);
        const file: BulkFile = { client, channel, lines };
        const before = await verifications.bulk(id);
        if (before && !(await documents.get(before.documentRef))) throw new Problem('bulk-result-gone');
        const { documentRef } = await documents.put({
          person: bulkPerson(id),
          contentType: 'application/json',
          bytes: Buffer.from(JSON.stringify(file)),
        });
        await verifications.openBulk({
          id,
          client,
          channel,
          at: instant(now()),
          lines: lines.length,
          refused: lines.filter((line) => 'refusal' in line).length,
          documentRef,
        });
        const state = await own(id, caller);
        if (state.documentRef !== documentRef) throw new Problem('idempotency-key-reused');
        if (state.endedAt === null) await flows.startBulk({ bulk: id, lines: lines.at(-1)?.line ?? 0 });
        return { body: viewOf(state), headers: { location: pathOf(id) } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/verifications/bulk/{id}',
      tag: 'Verification',
      operationId: 'getBulkVerification',
      summary: 'How far a file has come',
      roles: ['portal'],
      params: BulkParams,
      success: { status: 200, description: 'Its state', schema: BulkView },
      problems: ['bulk-not-found', 'temporarily-unavailable'],
      handle: async ({ params, caller }) => ({ body: viewOf(await own(params.id, caller)) }),
    }),
    route({
      method: 'get',
      path: '/v1/verifications/bulk/{id}/result',
      tag: 'Verification',
      operationId: 'getBulkResult',
      summary: 'The answers to a file',
      description:
        'As JSON or as CSV (text/csv), in which a cell that a spreadsheet would take for a formula is made a text.',
      roles: ['portal'],
      params: BulkParams,
      success: { status: 200, description: 'A line for each line', schema: ResultView, alsoAs: ['text/csv'] },
      problems: ['bulk-not-found', 'bulk-not-done', 'bulk-result-gone', 'temporarily-unavailable'],
      async handle({ params, caller, req, res }) {
        const state = await own(params.id, caller);
        if (state.endedAt === null) throw new Problem('bulk-not-done');
        const result = await resultOf(state);
        if (req.accepts(['application/json', 'text/csv']) !== 'text/csv') return { body: result };
        res
          .status(200)
          .set({
            'content-type': 'text/csv; charset=utf-8',
            'cache-control': 'no-store',
            'content-disposition': `attachment; filename="${params.id}.csv"`,
          })
          .send(resultCsv(result));
        return undefined;
      },
    }),
  ];
}
