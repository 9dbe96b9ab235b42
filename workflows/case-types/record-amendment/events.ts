import type { FamilyEvent } from '../../../domain/family/record';
import type { LocalDate } from '../../../domain/time';
import type { NotificationEvent } from '../../stages/notification';

/** What is asked for. A correction names what is to stand instead; what it does not name stays. */
export interface AmendmentRequest {
  readonly amends: string;
  readonly what: 'correction' | 'revocation';
  readonly on?: LocalDate;
  readonly father?: string;
  readonly mother?: string;
  /** Of the child of a birth. */
  readonly sex?: 'M' | 'F';
  readonly husband?: string;
  readonly wife?: string;
  /** What the guardian is to the member who was identified. */
  readonly relation?: 'father' | 'mother' | 'guardian';
  /** Another name for the child of a birth. Which one, only the application says, in the vault. */
  readonly childName?: true;
}

/** What of an entry a correction can put right; which of it an entry has, depends on its event. */
export const correctable = ['on', 'father', 'mother', 'sex', 'childName', 'husband', 'wife', 'relation'] as const;
export type Correctable = (typeof correctable)[number];

/** The entry that is amended, as it was found, and what is to stand instead. */
export interface Prepared {
  readonly registration: string;
  readonly event: FamilyEvent;
  readonly replacement?: FamilyEvent;
  /**
   * Everybody whom the amendment concerns: who is and who would be in the entry, the widowed, the reporter. Absent in logs from
   * before it was found out.
   */
  readonly concerned?: readonly string[];
  readonly witnesses?: readonly string[];
}

/** A document that rested on the entry, with the person who has it. */
export interface MarkedDocument {
  readonly kind: 'certificate' | 'card';
  readonly serial: string;
  readonly holder: string;
}

export type AmendmentOutcome = 'COMPLETED' | 'REJECTED' | 'EXPIRED' | 'CANCELLED';

interface Reasoned {
  readonly reasonRef?: string;
}

export type AmendmentEvent =
  | NotificationEvent
  | ({ readonly type: 'AmendmentRequested' } & AmendmentRequest)
  | { readonly type: 'AmendmentRefused'; readonly rules: readonly string[] }
  | ({ readonly type: 'AmendmentPrepared'; readonly rules: readonly string[] } & Prepared)
  | ({ readonly type: 'AmendmentConfirmed' } & Reasoned)
  | ({ readonly type: 'AmendmentDeclined' } & Reasoned)
  | ({ readonly type: 'CancellationRequested' } & Reasoned)
  | { readonly type: 'ConfirmationExpired' }
  | {
      readonly type: 'RegisterAmended';
      readonly registration: string | null;
      readonly documents: readonly MarkedDocument[];
    }
  | { readonly type: 'CertificateIssued'; readonly serial: string }
  | { readonly type: 'CaseClosed'; readonly outcome: AmendmentOutcome };
