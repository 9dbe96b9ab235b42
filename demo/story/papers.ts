import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPersonalRecords } from '../../adapters/personal-record/postgres';
import type { Database } from '../../adapters/postgres/database';
import { createFamilyRegister } from '../../adapters/register/family-postgres';
import { createSigner } from '../../adapters/signing/ed25519';
import { createPersonKeys } from '../../adapters/vault/person-keys';
import { createVault } from '../../adapters/vault/postgres';
import { createSecrets } from '../../adapters/vault/secrets';
import { certificateClaims, renderCertificate, renderFamilyRecord, type RenderedPaper } from '../../cards/certificate';
import { foldRecord, peopleIn, type FamilyRecord } from '../../domain/family/record';
import type { LocalDate } from '../../domain/time';
import type { Config } from '../../engine/config';

/** A family's record as the register has it, with the names that the papers need. */
export interface RecordedFamily {
  readonly head: string;
  readonly record: FamilyRecord;
  readonly people: Readonly<Record<string, { nameAr: string; nameEn: string; birthDate: LocalDate }>>;
  /** Numbers that the register gave, as children were born. */
  readonly numbers: readonly string[];
}

const CERTIFICATE = `SELECT serial FROM certificates WHERE case_id = ANY ($1)`;

/** What the register holds after the story, on paper. */
export function papersOf(database: Database, config: Pick<Config, 'masterKey' | 'lookupKey' | 'signingKey'>) {
  const secrets = createSecrets(config);
  const keys = createPersonKeys(database, secrets);
  const vault = createVault(database, secrets, keys);
  const register = createFamilyRegister(database, secrets, keys, (number) => vault.personRef(number));
  const records = createPersonalRecords(database, keys);
  const signer = createSigner(config.signingKey);

  const write = async (directory: string, name: string, { png, pdf }: RenderedPaper): Promise<string[]> => {
    await mkdir(directory, { recursive: true });
    const paths = [join(directory, `${name}.png`), join(directory, `${name}.pdf`)] as const;
    await Promise.all([writeFile(paths[0], png), writeFile(paths[1], pdf)]);
    return [...paths];
  };

  return {
    /** The record of whoever has this reference, as the fold of every entry about them. */
    async familyOf(head: string): Promise<RecordedFamily> {
      const entries = await register.entriesOf(head);
      const refs = [...new Set(entries.flatMap(({ entry }) => (entry.kind === 'reversal' ? [] : peopleIn(entry))))];
      const known = await register.people(refs);
      const people = Object.fromEntries(
        await Promise.all(
          known.map(
            async ({ person, birthDate }) => [person, { ...(await register.nameOf(person)), birthDate }] as const,
          ),
        ),
      );
      const numbers = await Promise.all(
        refs.map(async (ref) => (await records.read(ref, false))?.identity.number ?? ''),
      );
      return { head, record: foldRecord(entries), people, numbers };
    },

    async drawRecord(directory: string, name: string, family: RecordedFamily, on: LocalDate): Promise<string[]> {
      const number = `FR-${on}`;
      const qr = signer.sign('family-record+jwt', { number, issuedOn: on });
      return write(directory, name, await renderFamilyRecord({ ...family, on }, number, qr));
    },

    /** The certificate that one of these cases issued, with what has been marked on it since. */
    async drawCertificate(directory: string, name: string, caseIds: readonly string[]): Promise<string[]> {
      const [row] = await database.from('register').query<{ serial: string }>({ text: CERTIFICATE, values: [caseIds] });
      const certificate = row && (await register.certificate(row.serial));
      if (!certificate) throw new Error('none of these cases issued a certificate');
      const qr = signer.sign('civil-certificate+jwt', certificateClaims(certificate));
      return write(directory, name, await renderCertificate(certificate, qr));
    },
  };
}

/** The record in words: the head, those married to them now, and the children, the oldest first. */
export function recordInWords({ head, record, people }: RecordedFamily, on: LocalDate): string[] {
  const line = (what: string, person: string): string => {
    const died = record.people[person]?.diedOn;
    const { nameEn = '—', birthDate = '' } = people[person] ?? {};
    return `           ${what.padEnd(7)} ${nameEn}, born ${birthDate}${died ? `, died ${died}` : ''}`;
  };
  const spouses = record.links.flatMap(({ kind, person, relative, to }) =>
    kind === 'spouse' && (to === undefined || to > on) ? [person === head ? relative : person] : [],
  );
  const children = record.links
    .filter(({ kind, relative }) => kind !== 'spouse' && kind !== 'guardian' && relative === head)
    .map(({ person }) => person)
    .sort((a, b) => (people[a]?.birthDate ?? '').localeCompare(people[b]?.birthDate ?? ''));
  return [
    line('head', head),
    ...spouses.map((person) => line('married', person)),
    ...children.map((person) => line('child', person)),
  ];
}
