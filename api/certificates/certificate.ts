import { z } from 'zod';
import type { CertificateStanding } from '../../adapters/register/family-port';
import { certificatePdf, certificateRows, certificateTitle, type CertifiedEvent } from '../../cards/certificate';
import { peopleIn } from '../../domain/family/record';
import { beneficiaryOf, type IdentityNumber } from '../../domain/identity-number';
import { certificateText, certificateVerdict, certificateVerdicts } from '../../domain/services/certificates';
import { instant } from '../../domain/time';
import type { AmendmentFile } from '../../workflows/case-types/record-amendment/file';
import { mayDo, type Caller } from '../auth/caller';
import { evidenceCase, WHO_SEES } from '../console/evidence';
import { lookedAt } from '../console/looks';
import type { ApiDeps } from '../deps';
import { identityNumberInHeader } from '../http/identity-number';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import { personalPortalOf } from '../services/caller-client';
import { IDENTITY_PROBLEMS } from '../services/share-schemas';
import { certificateCode } from './codes';
import { Code, Day, paperOrJson, Row } from './paper';

const Params = z.object({
  serial: z.string().max(40).meta({ description: 'As printed on the certificate', example: 'FC00000012' }),
});

const CertificateView = z
  .object({
    serial: z.string(),
    issuedOn: Day,
    event: z.string(),
    on: Day,
    title: BilingualText,
    rows: z.array(Row),
    child: z
      .object({
        identityNumber: z.string().meta({
          description: 'The number that the register gave the child: by it the child is identified and read',
          example: '1000000008',
        }),
        sex: z.enum(['M', 'F']),
        birthPlace: BilingualText,
      })
      .optional()
      .meta({ description: 'Of a birth' }),
    standing: z.object({
      verdict: z.enum(certificateVerdicts),
      since: Day.optional(),
      replaced: z.literal(true).optional().meta({ description: 'Another was issued for the corrected entry' }),
      replacedBy: z
        .string()
        .optional()
        .meta({ description: 'Where that one is, for those who may read it', example: '/v1/certificates/FC00000013' }),
      text: BilingualText,
    }),
    code: Code,
  })
  .meta({ id: 'Certificate' });

/** Whose standing a caller may see. */
type Readable = (standing: CertificateStanding) => Promise<boolean>;

const viewOf = (record: CertifiedEvent, standing: CertificateStanding, replacedBy: string | null, code: string) => {
  const found = certificateVerdict(standing);
  const { child } = record;
  return {
    serial: record.serial,
    issuedOn: record.issuedOn,
    event: record.event.kind,
    on: record.event.on,
    title: certificateTitle(record),
    rows: certificateRows(record).map(({ label, value }) => ({ label, value })),
    ...(child
      ? {
          child: {
            identityNumber: child.number,
            sex: child.sex,
            birthPlace: { ar: child.birthPlaceAr, en: child.birthPlaceEn },
          },
        }
      : {}),
    standing: {
      ...found,
      ...(replacedBy === null ? {} : { replacedBy: `/v1/certificates/${replacedBy}` }),
      text: certificateText(found),
    },
    code,
  };
};

export function certificateRoute(deps: ApiDeps): Route {
  const { family, readModel, services, vault, now = Date.now } = deps;

  const standingOf = async (serial: string): Promise<CertificateStanding> => {
    const standing = await family.certificateStanding(serial);
    if (!standing) throw new Problem('certificate-not-found');
    return standing;
  };

  /** Of a corrected entry it is who reported the first one; not somebody whom the correction took out of it. */
  const isReporter = async (caseId: string, person: string): Promise<boolean> => {
    const file = (await readModel.caseById(caseId))?.file;
    if (file?.type === 'record-amendment') {
      const { amends, prepared } = file as AmendmentFile;
      if (prepared && peopleIn(prepared.event).includes(person)) return false;
      return isReporter(amends, person);
    }
    return file !== undefined && 'reporter' in file && file.reporter === person;
  };

  const heldBy =
    (person: string): Readable =>
    async ({ concerned, caseId }) =>
      concerned.includes(person) || isReporter(caseId, person);

  const atOfficeOf =
    (caller: Caller): Readable =>
    async ({ caseId }) =>
      evidenceCase(deps, caseId, caller).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Problem) return false;
          throw error;
        },
      );

  /** A portal asks for somebody whom the event concerns, or who reported it; that it was read is on record. */
  const forHolder = async (serial: string, caller: Caller, number: IdentityNumber) => {
    const { client, channel } = personalPortalOf(caller);
    const person = vault.personRef(number);
    const readable = heldBy(person);
    const standing = await standingOf(serial);
    if (!(await readable(standing))) throw new Problem('certificate-not-found');
    await services.log.append({
      at: instant(now()),
      service: 'my-data',
      what: 'certificate-read',
      outcome: 'served',
      channel,
      client,
      beneficiary: beneficiaryOf(number),
      person,
      ref: serial,
    });
    return { standing, readable };
  };

  const forStaff = async (serial: string, caller: Caller) => {
    const standing = await standingOf(serial);
    await evidenceCase(deps, standing.caseId, caller);
    await lookedAt(deps, caller, standing.concerned, serial);
    return { standing, readable: atOfficeOf(caller) };
  };

  /** A correction may have been about who the parties are: to somebody who is none any more the new one does not exist. */
  const replacementFor = async ({ replacedBy }: CertificateStanding, readable: Readable): Promise<string | null> =>
    replacedBy !== null && (await readable(await standingOf(replacedBy))) ? replacedBy : null;

  return route({
    method: 'get',
    path: '/v1/certificates/{serial}',
    tag: 'Certificates',
    operationId: 'getCertificate',
    summary: 'The certificate of a registered family event',
    description:
      'As JSON, or as a PDF in Arabic and English where `Accept` asks for application/pdf. A portal names in `Identity-Number` for whom it asks: a party to the event or its reporter; for anybody else there is no such certificate. Staff see those of their office.',
    roles: ['portal', ...WHO_SEES],
    params: Params,
    headers: [
      {
        name: 'Identity-Number',
        required: false,
        description: 'For whom a portal asks; staff leave it out',
        example: '1000000008',
      },
    ],
    success: { status: 200, description: 'The certificate', schema: CertificateView, alsoAs: ['application/pdf'] },
    problems: [
      ...IDENTITY_PROBLEMS,
      'certificate-not-found',
      'case-not-found',
      'another-office',
      'temporarily-unavailable',
    ],
    async handle({ params, caller, req, res }) {
      const { standing, readable } = mayDo(caller, WHO_SEES)
        ? await forStaff(params.serial, caller)
        : await forHolder(params.serial, caller, identityNumberInHeader(req));
      const record = await family.certificate(params.serial);
      if (!record) throw new Problem('certificate-not-found');
      const code = certificateCode(services.signer, record);
      const replacedBy = await replacementFor(standing, readable);
      return paperOrJson(
        { req, res },
        {
          view: viewOf(record, standing, replacedBy, code),
          name: record.serial,
          pdf: () => certificatePdf(record, code),
        },
      );
    },
  });
}
