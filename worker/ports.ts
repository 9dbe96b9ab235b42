import type { Ports } from '../activities/step';
import { httpCardBureau } from '../adapters/card-bureau/http';
import { createCaseLinks } from '../adapters/case-links/postgres';
import { createCaseLog } from '../adapters/case-log/postgres';
import { httpCourier } from '../adapters/courier/http';
import { createDocuments } from '../adapters/documents/disk';
import { createDocumentFacts } from '../adapters/documents/facts-postgres';
import { httpEvidence } from '../adapters/evidence/http';
import { httpMessages } from '../adapters/messages/http';
import { httpPayments } from '../adapters/payments/http';
import { openDatabase } from '../adapters/postgres/database';
import { createFamilyRegister } from '../adapters/register/family-postgres';
import { createEnrolledPortraits } from '../adapters/register/portraits-postgres';
import { createRegister } from '../adapters/register/postgres';
import { createStaff } from '../adapters/staff/postgres';
import { createPersonKeys } from '../adapters/vault/person-keys';
import { createVault } from '../adapters/vault/postgres';
import { createSecrets } from '../adapters/vault/secrets';

export interface OutsideAccess {
  readonly url: string;
  readonly apiKey: string;
}

/** What the worker needs to know to reach everything outside. */
export interface WorkerSettings {
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  /** Keys that what is kept may still be wrapped by. */
  readonly formerMasterKeys?: readonly Buffer[];
  readonly lookupKey: Buffer;
  readonly documentsDir: string;
  readonly outside: {
    readonly payments: OutsideAccess;
    readonly cardBureau: OutsideAccess;
    readonly courier: OutsideAccess;
    readonly messages: OutsideAccess;
    readonly notices: OutsideAccess;
  };
}

/** The real thing behind every port, and how to let go of it. */
export function connectPorts(settings: WorkerSettings): { ports: Ports; close(): Promise<void> } {
  const database = openDatabase({ url: settings.databaseUrl, applicationName: 'tajdid-worker' });
  const secrets = createSecrets(settings);
  const keys = createPersonKeys(database, secrets);
  const documents = createDocuments(settings.documentsDir, database, secrets, keys);
  const documentFacts = createDocumentFacts(database);
  const http = ({ url, apiKey }: OutsideAccess) => ({ baseUrl: url, apiKey });
  const { outside } = settings;
  const payments = httpPayments(http(outside.payments));
  const cardBureau = httpCardBureau(http(outside.cardBureau));
  const courier = httpCourier(http(outside.courier));
  const messages = httpMessages(http(outside.messages));
  const evidence = httpEvidence(http(outside.notices));
  const vault = createVault(database, secrets, keys);
  return {
    ports: {
      log: createCaseLog(database),
      register: createRegister(database, keys),
      documents: { get: (ref) => documents.get(ref), find: (ref) => documentFacts.find(ref) },
      payments,
      cardBureau,
      courier,
      messages,
      family: createFamilyRegister(database, keys, (number) => vault.personRef(number)),
      evidence,
      caseLinks: createCaseLinks(database),
      portraits: createEnrolledPortraits(database),
      staff: createStaff(database),
      vault,
    },
    async close() {
      for (const each of [payments, cardBureau, courier, messages, evidence]) each.close();
      await database.close();
    },
  };
}
