import type { ShareRefusal } from '../../domain/services/acts';
import type { ShareEvent, ShareField } from '../../domain/services/shares';
import type { Instant, LocalDate } from '../../domain/time';

/** A person lets one official body read some of their data for some time. The purpose is in the vault, under `share/<id>`. */
export interface Share {
  readonly id: string;
  readonly person: string;
  /** The portal's client that the person granted it through. */
  readonly client: string;
  /** The body's client. */
  readonly recipient: string;
  readonly fields: readonly ShareField[];
  /** What stands in the receipt for the purpose; null for shares from before it did. */
  readonly purposeDigest: string | null;
  readonly grantedAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** As the register has it now. */
  readonly diedOn: LocalDate | null;
}

export interface Party {
  readonly client: string;
  readonly channel: string;
}

/** Something that happened to a share and that its person has not been told. */
export interface ShareNote {
  readonly seq: number;
  readonly what: ShareEvent;
}

/** Where a list went on from. */
export interface ShareCursor {
  readonly grantedAt: Instant;
  readonly id: string;
}

/** Every write goes with its line in the service log, in one transaction. */
export interface Shares {
  /** The same id again has no effect; answers the share that stands under it, and whether it was made now. */
  grant(
    share: Pick<
      Share,
      'id' | 'person' | 'client' | 'recipient' | 'fields' | 'purposeDigest' | 'grantedAt' | 'expiresAt'
    >,
    by: Party,
  ): Promise<{ readonly share: Share; readonly made: boolean }>;
  find(id: string): Promise<Share | null>;
  /** Shares with this body, the latest first. */
  withRecipient(recipient: string, before: ShareCursor | null, limit: number): Promise<readonly Share[]>;
  /** What this person shares and has shared, the latest first. */
  ofPerson(person: string, before: ShareCursor | null, limit: number): Promise<readonly Share[]>;
  /** From the moment of the answer on nothing is given out. Revoked again, nothing changes. */
  revoke(id: string, by: Party, at: Instant): Promise<void>;
  /**
   * Puts a fetch on record, for these relatives as well whose data it holds, if the share still stands at this moment, against every revocation under way; answers it as it stands, and
   * why nothing may be given out where it does not.
   */
  fetch(
    id: string,
    by: Party,
    at: Instant,
    relatives: readonly string[],
  ): Promise<{ readonly share: Share; readonly refused: ShareRefusal | null }>;
  /** Puts a refused try on record. */
  refuse(share: Share, by: Party, why: ShareRefusal, at: Instant): Promise<void>;
  end(id: string, at: Instant): Promise<void>;
  untold(id: string): Promise<readonly ShareNote[]>;
  told(id: string, seq: number): Promise<void>;
  /** Shares about which the person has not been told all for a while, or whose end is due and not noted: nobody stands beside them. */
  forsaken(before: Instant, limit: number): Promise<readonly Pick<Share, 'id' | 'expiresAt'>[]>;
}
