import type { Logger } from 'pino';
import type { DocumentFacts } from '../adapters/documents/facts-port';
import type { Documents } from '../adapters/documents/port';
import type { Evidence } from '../adapters/evidence/port';
import type { PhotoGauge } from '../adapters/photo/port';
import type { PortalEndpoints, PortalWebhookSender } from '../adapters/portal-webhooks/port';
import type { Presence } from '../adapters/presence/port';
import type { CaseChanges, ReadModel } from '../adapters/read-model/port';
import type { FamilyRegister } from '../adapters/register/family-port';
import type { EnrolledPortraits } from '../adapters/register/portraits-port';
import type { Register } from '../adapters/register/port';
import type { Staff } from '../adapters/staff/port';
import type { Statistics } from '../adapters/statistics/port';
import type { Vault } from '../adapters/vault/port';
import type { WebhookInbox } from '../adapters/webhooks/port';
import type { WebhookSource } from '../adapters/webhooks/schemas';
import type { Cases } from '../client/cases';
import type { OpsDeps } from './ops/deps';
import type { Services } from './services/deps';

export interface ApiSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Where others reach this API, without a path: the issuer of everything that is signed. */
  readonly publicUrl: string;
  /** Every secret that holds now. */
  readonly webhookSecrets: Readonly<Record<WebhookSource, readonly string[]>>;
  /** Of visitors, as a whole; the policy's where not said. */
  readonly borderNumbers?: RegExp;
  /** For each client; 60,000 by default: a guard against a runaway client, not a quota. */
  readonly requestsPerMinute?: number;
  /** How many proxies stand before the API, or their addresses; by default none, and no header says where a request came from. */
  readonly trustedProxies?: number | readonly string[];
  /** For each address, where anybody may ask; 600 by default. */
  readonly publicRequestsPerMinute?: number;
}

/** Everything that the API works with. */
export interface ApiDeps {
  readonly cases: Cases;
  readonly readModel: ReadModel;
  readonly changes: CaseChanges;
  /** Who of the staff looks at which case, across all APIs. */
  readonly presence: Presence;
  readonly vault: Pick<Vault, 'personRef' | 'put' | 'get' | 'erasePerson'>;
  readonly documents: Pick<Documents, 'put' | 'get' | 'refOf'>;
  readonly documentFacts: DocumentFacts;
  readonly register: Pick<Register, 'facts' | 'identity'>;
  readonly family: Pick<
    FamilyRegister,
    | 'graph'
    | 'kinAround'
    | 'people'
    | 'namedIn'
    | 'nameOf'
    | 'entriesOf'
    | 'standingFor'
    | 'certificate'
    | 'certificateStanding'
  >;
  readonly portraits: Pick<EnrolledPortraits, 'of'>;
  /** The notices of hospitals and courts, read for whoever decides. */
  readonly evidence: Pick<Evidence, 'notice'>;
  readonly staff: Staff;
  readonly statistics: Statistics;
  readonly photoGauge: PhotoGauge;
  readonly webhookInbox: Pick<WebhookInbox, 'seen' | 'remember'>;
  readonly services: Services;
  readonly ops: OpsDeps;
  readonly portalWebhooks: { readonly endpoints: PortalEndpoints; readonly sender: PortalWebhookSender };
  readonly settings: ApiSettings;
  readonly log: Logger;
  /** What has to answer for this API to be ready; each rejects when it does not. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  /** Ends streams when the API is about to stop. */
  readonly stopping?: AbortSignal;
  /** Milliseconds since 1970; the clock by default. */
  readonly now?: () => number;
}
