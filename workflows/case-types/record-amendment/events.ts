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
  | {
      readonly type: 'AmendmentPrepared';
      readonly registration: string;
      readonly event: FamilyEvent;
      readonly replacement?: FamilyEvent;
      readonly rules: readonly string[];
    }
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
