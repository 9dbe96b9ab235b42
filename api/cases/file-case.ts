import { z } from 'zod';
import { parseIdentityNumber, type IdentityNumber } from '../../domain/identity-number';
import { instant } from '../../domain/time';
import { applicationForms, type ApplicationForm } from '../../workflows/case-types/applications';
import { caseTypeNamed } from '../../workflows/case-types';
import type { Role } from '../../domain/case/model';
import { caseIdFor } from '../../client/case-id';
import { applicationRef } from '../../adapters/vault/port';
import { actorIn, type Caller } from '../auth/caller';
import type { ApiDeps } from '../deps';
import { keyIn } from '../http/idempotency-key';
import { identityNumberIn } from '../http/identity-number';
import { route, type Route } from '../http/route';
import { casesStarted } from '../health/metrics';
import { refuseOfficialBodies } from '../services/caller-client';
import { Problem } from '../problems/problem';
import { allEvents, fileAfter } from './history';
import { CaseView } from './schemas';
import { caseView, etagOf, selfLink } from './view';

const Applicant = z.strictObject({
  identityNumber: z
    .string()
    .min(1)
    .max(40)
    .meta({ description: 'Ten digits, ASCII or Arabic-Indic', example: '1000000008' }),
});

const filingOf = ({ type, application }: ApplicationForm) =>
  z.strictObject({ type: z.literal(type), applicant: Applicant, application });
type FilingBody = z.ZodObject<
  { type: z.ZodLiteral<string>; applicant: typeof Applicant; application: z.ZodType },
  z.core.$strict
>;

const [first, ...others] = applicationForms.map(filingOf) as [FilingBody, ...FilingBody[]];
const FileCase = z.discriminatedUnion('type', [first, ...others]).meta({ id: 'FileCase' });

/** The channel of what staff file: the console, whoever sits at it. */
const OFFICE = 'console';

const FILERS: readonly Role[] = [...new Set(applicationForms.flatMap(({ filedBy }) => filedBy))];

/** Of everybody whom an application names, whichever field it is in. */
function numbersIn(given: unknown): string[] {
  if (typeof given === 'object' && given !== null) return Object.values(given).flatMap(numbersIn);
  const parsed = typeof given === 'string' ? parseIdentityNumber(given) : undefined;
  return parsed && 'number' in parsed ? [parsed.number] : [];
}

/** Whose the case is from then on: a portal's client, or a member of staff where the type is filed by staff. */
function filerOf(caller: Caller, { filedBy }: ApplicationForm): { clientId: string; filedBy?: Role } {
  refuseOfficialBodies(caller);
  if (filedBy.includes('portal') && caller.clientId !== undefined && caller.roles.includes('portal'))
    return { clientId: caller.clientId };
  const actor = actorIn(
    caller,
    filedBy.filter((role) => role !== 'portal'),
  );
  if (!actor) throw new Problem('not-your-role');
  return { clientId: actor.id, filedBy: actor.role as Role };
}

export function fileCaseRoute({ cases, readModel, vault, now = Date.now }: ApiDeps): Route {
  return route({
    method: 'post',
    path: '/v1/cases',
    tag: 'Cases',
    operationId: 'fileCase',
    summary: 'File a case',
    description:
      'Answers once the filing is decided: as far as the first wait, or refused by a rule, which is an answer too (`refusedBy`). The same client, key and body get the same answer, byte for byte.',
    roles: FILERS,
    headers: [
      {
        name: 'Idempotency-Key',
        required: true,
        description:
          '1 to 128 printable characters, one for each application, whatever its type. The id of the case follows from it, so it holds no number of a person: your own number of the application, or a random one',
        example: 'b7f0c1e2-renewal',
      },
    ],
    body: FileCase,
    success: {
      status: 201,
      description: 'The case as it stood after its filing',
      schema: CaseView,
      headers: ['Location', 'ETag'],
    },
    problems: [
      'idempotency-key-missing',
      'idempotency-key-reused',
      'idempotency-key-tells-who',
      'identity-number-not-ten-digits',
      'identity-number-unknown-first-digit',
      'identity-number-wrong-check-digit',
      'validation-failed',
      'unknown-field',
      'date-does-not-exist',
      'person-erased',
      'engine-silent',
      'temporarily-unavailable',
    ],
    async handle({ body, caller, req }) {
      const type = caseTypeNamed(body.type);
      const form = applicationForms.find((each) => each.type === body.type);
      if (!type || !form) throw new Problem('validation-failed');
      const filer = filerOf(caller, form);
      const { clientId } = filer;
      const identityNumber = identityNumberIn(body.applicant.identityNumber, ['applicant', 'identityNumber']);
      const key = keyIn(req.headers['idempotency-key'], [identityNumber, ...numbersIn(body.application)]);
      const caseId = caseIdFor(type.type, clientId, key);
      const person = vault.personRef(identityNumber);
      const kept = await vault.put({
        ref: applicationRef(caseId),
        person,
        kind: 'application',
        value: { ...body, applicant: { identityNumber } },
      });
      if (kept === 'conflict') throw new Problem('idempotency-key-reused');

      // An application that was kept before is a retry, and mostly of a case that was filed: then the engine need not be asked.
      let events = kept === 'kept' ? [] : await allEvents(readModel, caseId);
      if (events.length === 0) {
        const channel = filer.filedBy ? OFFICE : (caller.channel ?? clientId);
        const context = {
          applicant: person,
          personRef: (number: IdentityNumber) => vault.personRef(number),
          filedAt: instant(now()),
        };
        await cases.start({
          caseId,
          type: type.type,
          channel,
          ...filer,
          filedAt: instant(now()),
          subject: person,
          ...form.filing(body.application, context),
        });
        events = await allEvents(readModel, caseId);
        casesStarted.inc({ type: type.type, channel });
      }
      const filed = fileAfter(type, events, 'filing');
      if (!filed) throw new Problem('temporarily-unavailable');
      return {
        body: caseView(type, filed.file, caller, filed.at),
        headers: { location: selfLink(caseId), etag: etagOf(filed.file.version) },
      };
    },
  });
}
