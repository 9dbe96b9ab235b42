import type { PersonalRecords } from '../../adapters/personal-record/port';
import type { Satisfaction } from '../../adapters/satisfaction/port';
import type { ServiceLog } from '../../adapters/service-log/port';
import type { Statements } from '../../adapters/statements/port';
import type { Losses } from '../../adapters/losses/port';
import type { Preferences } from '../../adapters/reminders/port';
import type { Shares } from '../../adapters/shares/port';
import type { ServiceFlows } from '../../client/services';
import type { Signer } from '../../adapters/signing/port';
import type { Verifications } from '../../adapters/verifications/port';

/** What the services beside the cases work with. */
export interface Services {
  readonly verifications: Verifications;
  readonly signer: Signer;
  readonly log: ServiceLog;
  readonly records: PersonalRecords;
  readonly satisfaction: Satisfaction;
  readonly statements: Statements;
  readonly preferences: Preferences;
  readonly shares: Shares;
  readonly losses: Losses;
  readonly flows: ServiceFlows;
}
