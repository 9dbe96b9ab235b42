import { z } from 'zod';
import { parseWith, requireBearer } from '../core/desk';
import { CaseScript, Dials, type PartyName } from '../core/dials';
import type { Party } from '../core/party';
import { HttpProblem, notFound } from '../core/problem';
import { type Call, type Handler, parseJson, type Router, sendJson } from '../core/router';
import type { Scripts } from '../core/scripts';
import { Id, Text } from '../core/wire';
import { type TokenMint, TokenOrder } from '../identity-provider/tokens';

/** Which payment, order or parcel a step is for: by its own id, or the latest one of a case. */
const StepOrder = z.union([
  z.strictObject({ id: Id, reason: Text.optional() }),
  z.strictObject({ caseId: Id, reason: Text.optional() }),
]);
const Target = z.strictObject({ url: z.url().nullable() });

const PAGE = 1000;

export interface ControlParts {
  readonly parties: ReadonlyMap<string, Party>;
  readonly scripts: Scripts;
  readonly mint: TokenMint;
  readonly secret: string;
  readonly retarget: (url: string | null) => void;
}

/** The strings behind the stage: dials, scripts of single cases, the next step of anything, and every ledger. */
export function controlRoutes(router: Router, { parties, scripts, mint, secret, retarget }: ControlParts): void {
  const on = (method: string, path: string, handler: Handler): void =>
    router.on(method, `/control${path}`, (call) => {
      requireBearer(call.req, secret);
      return handler(call);
    });
  const partyOf = (call: Call): Party => {
    const party = parties.get(call.params.party ?? '');
    if (!party) throw notFound('party');
    return party;
  };
  const given = <T>(call: Call, schema: z.ZodType<T>): T => parseWith(schema, parseJson(call.body));

  on('GET', '/totals', ({ res }) => sendJson(res, 200, totals(parties)));
  on('GET', '/faults', ({ res }) =>
    sendJson(res, 200, Object.fromEntries([...parties.values()].map(({ name, faults }) => [name, faults]))),
  );
  on('GET', '/ledger/:party', async (call) => sendJson(call.res, 200, await page(partyOf(call), call.query)));

  on('GET', '/dials/:party', (call) => sendJson(call.res, 200, scripts.dials(partyOf(call).name)));
  on('PUT', '/dials/:party', (call) => {
    const party = partyOf(call);
    scripts.setDials(party.name, given(call, Dials));
    party.replan();
    sendJson(call.res, 200, scripts.dials(party.name));
  });

  on('GET', '/cases/:caseId', ({ res, params: { caseId = '' } }) => {
    sendJson(res, 200, { caseId, script: scripts.of(caseId), ...views(parties, caseId) });
  });
  on('PUT', '/cases/:caseId', (call) => {
    const { caseId = '' } = call.params;
    scripts.setScript(caseId, given(call, CaseScript));
    for (const party of parties.values()) party.replan(caseId);
    sendJson(call.res, 200, { caseId, script: scripts.of(caseId) });
  });

  on('POST', '/steps/:party/:step', (call) => {
    const party = partyOf(call);
    const { book } = party;
    const order = given(call, StepOrder);
    const subject = 'id' in order ? order.id : book.subjects(order.caseId).at(-1);
    if (subject === undefined) throw notFound('case');
    sendJson(call.res, 200, party.record(book.step(call.params.step ?? '', subject, order.reason)));
  });

  on('PUT', '/webhook-target', (call) => {
    retarget(given(call, Target).url);
    sendJson(call.res, 200, {});
  });
  on('POST', '/token', async (call) => {
    sendJson(call.res, 200, { access_token: await mint.any(given(call, TokenOrder)) });
  });
}

const totals = (parties: ReadonlyMap<string, Party>): object =>
  Object.fromEntries([...parties.values()].map((party) => [party.name, party.book.totals()]));

const views = (parties: ReadonlyMap<string, Party>, caseId: string): Partial<Record<PartyName, object[]>> =>
  Object.fromEntries(
    [...parties.values()].map(({ name, book }) => [name, book.subjects(caseId).map((subject) => book.view(subject))]),
  );

/** Lines after `after`, at most `limit`, of one case where `caseId` is given; `next` is where to go on. */
async function page(party: Party, query: URLSearchParams): Promise<object> {
  const after = Number(query.get('after') ?? 0);
  const limit = Number(query.get('limit') ?? PAGE);
  if (!Number.isSafeInteger(after) || !Number.isSafeInteger(limit) || limit < 1)
    throw new HttpProblem(400, 'invalid-page');
  const caseId = query.get('caseId');
  const lines: object[] = [];
  let next: number | null = null;
  for await (const line of party.lines()) {
    if (line.seq <= after || (caseId !== null && line.entry.caseId !== caseId)) continue;
    lines.push(line);
    if (lines.length === limit) {
      next = line.seq;
      break;
    }
  }
  return { party: party.name, lines, totals: party.book.totals(), next };
}
