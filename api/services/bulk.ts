import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { BulkResult, BulkState } from '../../adapters/verifications/port';
import { bulkPerson, lineRefusals, type BulkFile, type KeptLine } from '../../domain/services/bulk-file';
import { BULK_LINES, GUARD, verdicts } from '../../domain/services/verification';
import { instant } from '../../domain/time';
import type { Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { route, type Route } from '../http/route';
import { Problem } from '../problems/problem';
import { csvText } from '../statements/csv';
import { BulkLines, bulkLines } from './bulk-input';
import { clientOf } from './caller-client';
import { derivedId, IDEMPOTENCY_KEY } from './derived-id';
import { borderNumbersOf } from './person-number';
import { SIGNED, signedAnswers } from './signed-answer';

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
        checkedAt: Moment.nullable(),
        salt: SIGNED.salt.nullable(),
        signed: SIGNED.signed.nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkResult' });
type ResultView = z.infer<typeof ResultView>;

const UNSIGNED = { checkedAt: null, salt: null, signed: null };
/** Some milliseconds of signing; then it is others' turn. */
const SIGNED_AT_ONCE = 50;

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
    ['line', 'reference', 'identity_number', 'verdict', 'since', 'refused', 'checked_at', 'salt', 'signed'],
    ...lines.map((each) => [
      each.line,
      each.reference,
      each.identityNumber,
      each.verdict,
      each.since,
      each.refused,
      each.checkedAt,
      each.salt,
      each.signed,
    ]),
  ]);

export function bulkRoutes(deps: ApiDeps): Route[] {
  const { services, documents, settings, now = Date.now } = deps;
  const borderNumbers = borderNumbersOf(settings);
  const { verifications, flows } = services;
  const signed = signedAnswers(deps);

  /** A client's own; another's is not there at all. */
  const own = async (id: string, caller: Caller): Promise<BulkState> => {
    const state = await verifications.bulk(id);
    if (!state || state.client !== clientOf(caller).client) throw new Problem('bulk-not-found');
    return state;
  };

  const answerTo = (line: KeptLine, answer: BulkResult | undefined, client: string): ResultView['lines'][number] => {
    const shared = { line: line.line, reference: line.reference ?? null, verdict: null, since: null, ...UNSIGNED };
    if ('refusal' in line) return { ...shared, identityNumber: null, refused: line.refusal };
    const asked = { ...shared, identityNumber: line.number };
    const verdict = verdicts.find((each) => each === answer?.outcome);
    if (!answer || !verdict)
      return { ...asked, refused: answer?.outcome === 'too-many-guesses' ? answer.outcome : 'not-checked' };
    const { since, at, salt } = answer;
    const answered = { ...asked, verdict, since, refused: null };
    if (at === null) return answered;
    const about = { client, salt, number: line.number, fact: line.birthDate ?? line.serial ?? '', at };
    const jws = signed({ verdict, ...(since === null ? {} : { since }) }, about);
    return { ...answered, checkedAt: at, salt, signed: jws };
  };

  const resultOf = async ({ id, client, documentRef }: BulkState): Promise<ResultView> => {
    const kept = await documents.get(documentRef);
    if (!kept) throw new Problem('bulk-result-gone');
    const file = JSON.parse(Buffer.from(kept.bytes).toString()) as BulkFile;
    const answers = new Map((await verifications.results(id)).map((answer) => [answer.line, answer]));
    const lines: ResultView['lines'] = [];
    for (const line of file.lines) {
      lines.push(answerTo(line, answers.get(line.line), client));
      if (lines.length % SIGNED_AT_ONCE === 0) await setImmediate();
    }
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
      raw: {
        mediaTypes: ['text/csv', 'application/json'],
        documented: { 'text/csv': z.string(), 'application/json': BulkLines },
        limit: LIMIT,
      },
      success: { status: 202, description: 'Taken in', schema: BulkView, headers: ['Location'] },
      problems: [
        'idempotency-key-missing',
        'idempotency-key-tells-who',
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
        const lines = bulkLines(body as Buffer, req.headers['content-type'] ?? '', borderNumbers);
        const numbers = lines.flatMap((line) => ('number' in line ? [line.number] : []));
        const id = derivedId('blk', client, req.headers['idempotency-key'], numbers);
        const file: BulkFile = { client, channel, lines };
        const person = bulkPerson(id);
        const bytes = Buffer.from(JSON.stringify(file));
        const documentRef = documents.refOf(person, bytes);
        // Before the file is kept: what no record names would never be forgotten.
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
        if (state.endedAt !== null && !(await documents.get(state.documentRef))) throw new Problem('bulk-result-gone');
        if (state.documentRef !== documentRef) throw new Problem('idempotency-key-reused');
        if (state.endedAt === null) {
          await documents.put({ person, contentType: 'application/json', bytes });
          await flows.startBulk({ bulk: id, lines: lines.at(-1)?.line ?? 0 });
        }
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
        'As JSON or as CSV (text/csv), in which a cell that a spreadsheet would take for a formula is made a text. Each answer is signed by itself, as that to a single question is, and holds until the end of the day on which it was checked; lines without a verdict have none.',
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
