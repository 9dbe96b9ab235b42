import type { Beneficiary } from '../../domain/identity-number';
import type { Service } from '../../domain/services/catalogue';
import type { Instant } from '../../domain/time';

/** What a service did, once. References and codes only. */
export interface ServiceLine {
  readonly at: Instant;
  readonly service: Service;
  readonly what: string;
  readonly outcome: string;
  readonly channel: string;
  readonly client: string;
  readonly beneficiary: Beneficiary;
  readonly person: string;
  /** What it was about: a share, a bulk file, a card. */
  readonly ref?: string;
}

/** Append-only: what a person is told about who looked at their data, and what a statement counts. */
export interface ServiceLog {
  append(line: ServiceLine): Promise<void>;
}
