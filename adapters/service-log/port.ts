import type { Role } from '../../domain/case/model';
import type { Beneficiary } from '../../domain/identity-number';
import type { Service, ServiceAct, ServiceOutcome } from '../../domain/services/acts';
import type { Instant } from '../../domain/time';

/** What a service did, once. References and codes only. */
export interface ServiceLine {
  readonly at: Instant;
  readonly service: Service;
  readonly what: ServiceAct;
  readonly outcome: ServiceOutcome;
  readonly channel: string;
  readonly client: string;
  readonly beneficiary: Beneficiary;
  readonly person: string;
  /** What it was about: a share, a bulk file, a card. */
  readonly ref?: string;
}

export interface StaffLook {
  readonly at: Instant;
  /** The staff number; the people themselves are told the role and the office. */
  readonly by: string;
  readonly role: Role;
  /** null: central staff. */
  readonly office: string | null;
  readonly people: readonly string[];
  /** The case. */
  readonly ref: string;
}

/** Append-only: what a person is told about who looked at their data, and what a statement counts. */
export interface ServiceLog {
  append(line: ServiceLine): Promise<void>;
  /** Somebody of the staff looks at these people's data for a case; the same look within the hour is one line. */
  seenByStaff(look: StaffLook): Promise<void>;
}
