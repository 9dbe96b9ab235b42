import { z } from 'zod';
import type { CertificateStanding } from '../../adapters/register/family-port';
import { certificatePdf, certificateRows, certificateTitle, type CertifiedEvent } from '../../cards/certificate';
import { beneficiaryOf, type IdentityNumber } from '../../domain/identity-number';
import { bodyNamed } from '../../domain/policies/official-bodies';
import { certificateVerdict, certificateVerdicts, certificateVerdictTexts } from '../../domain/services/certificates';
import { instant } from '../../domain/time';
import { mayDo, type Caller } from '../auth/caller';
import { evidenceCase, WHO_SEES } from '../console/evidence';
import type { ApiDeps } from '../deps';
import { identityNumberInHeader } from '../http/identity-number-header';
import { route, type Route } from '../http/route';
import { BilingualText, Problem } from '../problems/problem';
import { clientOf } from '../services/caller-client';
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
    standing: z.object({ verdict: z.enum(certificateVerdicts), since: Day.optional(), text: BilingualText }),
    code: Code,
  })
  .meta({ id: 'Certificate' });

const viewOf = (record: CertifiedEvent, { marks }: CertificateStanding, code: string) => {
  const { verdict, since } = certificateVerdict(marks);
  return {
    serial: record.serial,
    issuedOn: record.issuedOn,
    event: record.event.kind,
    on: record.event.on,
    title: certificateTitle(record),
    rows: certificateRows(record).map(({ label, value }) => ({ label, value })),
    standing: { verdict, ...(since ? { since } : {}), text: certificateVerdictTexts[verdict] },
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

  const isReporter = async (caseId: string, person: string): Promise<boolean> => {
    const found = await readModel.caseById(caseId);
    return found !== null && 'reporter' in found.file && found.file.reporter === person;
  };

  /** A portal asks for somebody whom the event concerns, or who reported it; that it was read is on record. */
  const heldBy = async (serial: string, caller: Caller, number: IdentityNumber): Promise<CertificateStanding> => {
    const { client, channel } = clientOf(caller);
    if (bodyNamed(client)) throw new Problem('not-your-role');
    const person = vault.personRef(number);
    const standing = await standingOf(serial);
    if (!standing.concerned.includes(person) && !(await isReporter(standing.caseId, person)))
      throw new Problem('certificate-not-found');
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
    return standing;
  };

  const forStaff = async (serial: string, caller: Caller): Promise<CertificateStanding> => {
    const standing = await standingOf(serial);
    await evidenceCase(deps, standing.caseId, caller);
    return standing;
  };

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
      const standing = mayDo(caller, WHO_SEES)
        ? await forStaff(params.serial, caller)
        : await heldBy(params.serial, caller, identityNumberInHeader(req));
      const record = await family.certificate(params.serial);
      if (!record) throw new Problem('certificate-not-found');
      const code = certificateCode(services.signer, record);
      return paperOrJson(
        { req, res },
        { view: viewOf(record, standing, code), name: record.serial, pdf: () => certificatePdf(record, code) },
      );
    },
  });
}
