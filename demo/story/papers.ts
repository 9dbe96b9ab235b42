import type { Database } from '../../adapters/postgres/database';
import { createFamilyRegister } from '../../adapters/register/family-postgres';
import { createPersonKeys } from '../../adapters/vault/person-keys';
import { createVault } from '../../adapters/vault/postgres';
import { createSecrets } from '../../adapters/vault/secrets';
import { renderCertificate, renderFamilyRecord } from '../../cards/certificate';
import { foldRecord, peopleIn } from '../../domain/family/record';
import type { LocalDate } from '../../domain/time';
import type { Config } from '../../engine/config';
import type { GeneratedPerson } from '../people';
import type { Answer } from '../portal';
import type { Stage } from '../stage';

interface Line {
  readonly label: { readonly en: string };
  readonly value: { readonly en: string };
}

/** A paper as the API gives it, once as its words and once as the page; and a picture of the same. */
export interface FamilyPaper {
  readonly lines: readonly string[];
  /** What the API answers to whoever reads the code on the paper. */
  readonly verdict: string;
  readonly pdf: Buffer;
  readonly png: Buffer;
}

const PDF = { accept: 'application/pdf' } as const;

function required<T>({ status, body }: Answer<T>, what: string): T {
  if (status !== 200) throw new Error(`${what} was answered ${status}`);
  return body;
}

/** What the family has in hand after the story. */
export function papersOf(stage: Stage, database: Database, config: Pick<Config, 'masterKey' | 'lookupKey'>) {
  const secrets = createSecrets(config);
  const keys = createPersonKeys(database, secrets);
  const vault = createVault(database, secrets, keys);
  const register = createFamilyRegister(database, keys, (number) => vault.personRef(number));
  const { portal } = stage;

  const linesOf = (rows: readonly Line[]): string[] => rows.map(({ label, value }) => `${label.en}: ${value.en}`);
  const verdictOf = async (code: string): Promise<string> =>
    (await portal.expect<{ verdict: string }>(200, 'POST', '/v1/certificates/verification', { json: { code } }))
      .verdict;
  const namesOf = async (refs: readonly string[]) => {
    const known = await register.people(refs);
    return Object.fromEntries(
      await Promise.all(
        known.map(
          async ({ person, birthDate, sex }) =>
            [person, { ...(await register.nameOf(person)), birthDate, sex }] as const,
        ),
      ),
    );
  };
  const relativesOf = async (head: string): Promise<string[]> => [
    ...new Set(
      (await register.entriesOf(head)).flatMap(({ entry }) => (entry.kind === 'reversal' ? [] : peopleIn(entry))),
    ),
  ];
  const serialOf = async (caseId: string): Promise<string> => {
    const supervisor = await stage.staff('staff-201');
    const { items } = await supervisor.expect<{ items: { type: string; facts: { serial?: string } }[] }>(
      200,
      'GET',
      `/v1/cases/${caseId}/events`,
    );
    return items.find(({ type }) => type === 'CertificateIssued')?.facts.serial ?? 'none';
  };
  const pathOf = (serial: string): string => `/v1/certificates/${serial}`;
  const forHolder = ({ identityNumber }: GeneratedPerson) => ({ 'identity-number': identityNumber });
  const askedFor = (serial: string, holder: GeneratedPerson) =>
    portal.expect<{ code: string; rows: Line[]; child?: { identityNumber: string } }>(200, 'GET', pathOf(serial), {
      headers: forHolder(holder),
    });

  return {
    async recordOf({ identityNumber }: GeneratedPerson, on: LocalDate): Promise<FamilyPaper> {
      const path = '/v1/people/family-record';
      const json = { identityNumber };
      const asked = await portal.expect<{ number: string; code: string; rows: Line[] }>(200, 'POST', path, { json });
      const head = vault.personRef(identityNumber);
      const record = foldRecord(await register.entriesOf(head));
      const people = await namesOf(await relativesOf(head));
      const { png } = await renderFamilyRecord({ head, record, people, on }, asked.number, asked.code);
      return {
        lines: linesOf(asked.rows),
        verdict: await verdictOf(asked.code),
        pdf: required(await portal.bytes('POST', path, { json, headers: PDF }), 'a family record'),
        png,
      };
    },

    /** The certificate that a case issued, as one of those whom it concerns may have it. */
    async certificateOf(caseId: string, holder: GeneratedPerson): Promise<FamilyPaper> {
      const serial = await serialOf(caseId);
      const asked = await askedFor(serial, holder);
      const certificate = await register.certificate(serial);
      if (!certificate) throw new Error(`the register has no certificate of ${caseId}`);
      return {
        lines: linesOf(asked.rows),
        verdict: await verdictOf(asked.code),
        pdf: required(
          await portal.bytes('GET', pathOf(serial), { headers: { ...forHolder(holder), ...PDF } }),
          'a certificate',
        ),
        png: (await renderCertificate(certificate, asked.code)).png,
      };
    },

    /** The number that the register gave a child, as its birth certificate tells it. */
    async numberOf(birthCase: string, parent: GeneratedPerson): Promise<string> {
      const { child } = await askedFor(await serialOf(birthCase), parent);
      if (!child) throw new Error(`the certificate of ${birthCase} names no child`);
      return child.identityNumber;
    },
  };
}
