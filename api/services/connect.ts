import type { Database } from '../../adapters/postgres/database';
import { createPersonalRecords } from '../../adapters/personal-record/postgres';
import { createSatisfaction } from '../../adapters/satisfaction/postgres';
import { createServiceLog } from '../../adapters/service-log/postgres';
import { createStatements } from '../../adapters/statements/postgres';
import { createLosses } from '../../adapters/losses/postgres';
import { createPreferences } from '../../adapters/reminders/postgres';
import { createShares } from '../../adapters/shares/postgres';
import type { ServiceFlows } from '../../client/services';
import { createSigner } from '../../adapters/signing/ed25519';
import type { PersonKeys } from '../../adapters/vault/person-keys';
import { createVerifications } from '../../adapters/verifications/postgres';
import type { Services } from './deps';

export interface ConnectServices {
  readonly database: Database;
  readonly keys: PersonKeys;
  readonly signingKey: Buffer;
  /** Public keys; see `createSigner`. */
  readonly formerSigningKeys?: readonly Buffer[];
  readonly flows: ServiceFlows;
}

export function connectServices({
  database,
  keys,
  signingKey,
  formerSigningKeys = [],
  flows,
}: ConnectServices): Services {
  return {
    verifications: createVerifications(database),
    signer: createSigner(signingKey, formerSigningKeys),
    log: createServiceLog(database),
    records: createPersonalRecords(database, keys),
    satisfaction: createSatisfaction(database),
    statements: createStatements(database),
    preferences: createPreferences(database),
    shares: createShares(database),
    losses: createLosses(database),
    flows,
  };
}
