import type { Role } from '../../domain/case/model';
import type { Bilingual } from '../../domain/refusal';

/** Somebody of the agency, as their own token last told. No applicant is ever here. */
export interface StaffMember {
  /** The token's subject: a staff number. */
  readonly id: string;
  readonly name: Bilingual;
  readonly roles: readonly Role[];
  /** null for central staff, who work for every office. */
  readonly office: string | null;
}

/** What colleagues are called. The identity provider is asked for nothing: whoever signs in brings their own name. */
export interface Staff {
  /** The latest token of somebody wins. */
  remember(member: StaffMember): Promise<void>;
  /** Of those who have ever signed in; anybody else is missing and goes by the number. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, Bilingual>>;
  /** null for somebody who has never signed in. */
  find(id: string): Promise<StaffMember | null>;
  /** Of one office, with the central staff; of all of them where no office is named. By number. */
  colleagues(office: string | undefined): Promise<readonly StaffMember[]>;
}
