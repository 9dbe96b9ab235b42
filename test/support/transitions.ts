import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCaseActivities, type Advance, type CaseActivities, type Cause } from '../../activities/advance';
import { caseKind } from '../../activities/kinds';
import type { Ports } from '../../activities/step';
import { createDocuments } from '../../adapters/documents/disk';
import { createDocumentFacts } from '../../adapters/documents/facts-postgres';
import { openDatabase } from '../../adapters/postgres/database';
import { createEnrol } from '../../adapters/register/enrol';
import { createPersonKeys } from '../../adapters/vault/person-keys';
import { createVault } from '../../adapters/vault/postgres';
import { createSecrets } from '../../adapters/vault/secrets';
import { fileFrom } from '../../domain/case/from-log';
import type { CaseFile, Filing, Recorded } from '../../domain/case/model';
import { addDays, riyadhDate } from '../../domain/time';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { startSandbox } from '../../sandbox/start';
import { connectPorts } from '../../worker/ports';
import { createMigratedDatabase } from './engine';
import { aPerson, enrolIn } from './people';
import { portraits } from './renewal-world';
import { sandboxControl, type SandboxControl } from './world';

/** The real log, register and outside world; only the engine is not there. */
export interface Transitions {
  readonly control: SandboxControl;
  readonly ports: Ports;
  readonly cases: CaseActivities;
  /** Of somebody new, whose card has thirty days left. */
  filing(of?: { filedAt?: string; birthDate?: string }): Promise<Filing>;
  advance(given: {
    caseId: string;
    version?: number;
    cause: Cause;
    chain?: boolean;
    at?: string;
  }): ReturnType<CaseActivities['advance']>;
  logged(caseId: string): Promise<readonly Recorded[]>;
  fileOf(caseId: string): Promise<CaseFile>;
  stop(): Promise<void>;
}

export const types = (events: readonly { event: { type: string } }[]): string[] =>
  events.map(({ event }) => event.type);

export async function startTransitions(): Promise<Transitions> {
  const [db, dir] = await Promise.all([createMigratedDatabase(), mkdtemp(join(tmpdir(), 'tajdid-advance-'))]);
  const sandbox = await startSandbox({ dataDir: join(dir, 'sandbox') });
  const control = sandboxControl(sandbox.url);
  const secrets = { masterKey: randomBytes(32), lookupKey: randomBytes(32) };
  const at = (party: 'payments' | 'card-bureau' | 'courier' | 'messages' | 'notices') => ({
    url: `${sandbox.url}/${party}`,
    apiKey: DEVELOPMENT_SECRETS.apiKeys[party],
  });
  const documentsDir = join(dir, 'documents');
  const outside = {
    payments: at('payments'),
    cardBureau: at('card-bureau'),
    courier: at('courier'),
    messages: at('messages'),
    notices: at('notices'),
  };
  const { ports, close } = connectPorts({ databaseUrl: db.url, ...secrets, documentsDir, outside });
  const cases = createCaseActivities(ports, caseKind);

  const database = openDatabase({ url: db.url, max: 2 });
  const derived = createSecrets(secrets);
  const keys = createPersonKeys(database, derived);
  const vault = createVault(database, derived, keys);
  const enrol = createEnrol(database, keys, (number) => vault.personRef(number));
  const documents = createDocuments(documentsDir, database, derived, keys);
  const facts = createDocumentFacts(database);
  let n = 0;
  const filing = async ({
    filedAt = new Date().toISOString(),
    birthDate = '1990-01-01',
  }: { filedAt?: string; birthDate?: string } = {}): Promise<Filing> => {
    const card = { type: 'national-id', issuedOn: '2016-12-01', expiresOn: addDays(riyadhDate(filedAt), 30) } as const;
    const { person: subject } = await enrolIn({ enrol }, aPerson(String(100_000_000 + ++n), { birthDate, card }));
    const { documentRef } = await documents.put({ person: subject, contentType: 'image/jpeg', bytes: randomBytes(32) });
    await facts.keep(documentRef, {
      person: subject,
      contentType: 'image/jpeg',
      bytes: 32,
      measurement: portraits.good,
      uploadedBy: 'test',
      uploadedAt: filedAt,
    });
    const caseId = `rnw_${randomBytes(8).toString('hex')}`;
    return {
      caseId,
      type: 'id-renewal',
      channel: 'c',
      clientId: 'c',
      filedAt,
      subject,
      office: 'riyadh-1',
      facts: { photoRef: documentRef, delivery: { method: 'courier' }, reason: 'expiring' },
    };
  };

  const advance = (given: {
    caseId: string;
    version?: number;
    cause: Cause;
    chain?: boolean;
    at?: string;
  }): ReturnType<CaseActivities['advance']> =>
    cases.advance({
      type: 'id-renewal',
      at: new Date().toISOString(),
      version: 0,
      chain: true,
      ...given,
    } satisfies Advance);
  const logged = (caseId: string) => ports.log.eventsAfter(caseId, 0);
  const fileOf = async (caseId: string): Promise<CaseFile> => {
    const file = fileFrom(caseKind('id-renewal').definition, await logged(caseId));
    if (!file) throw new Error('the log has no such case');
    return file;
  };
  return {
    control,
    ports,
    cases,
    filing,
    advance,
    logged,
    fileOf,
    async stop() {
      await close();
      await database.close();
      await sandbox.stop();
      await db.drop();
      await rm(dir, { recursive: true });
    },
  };
}
