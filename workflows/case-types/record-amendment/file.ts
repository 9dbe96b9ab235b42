import { decided, openFile } from '../../../domain/case/file';
import type { CaseFile, Filing, Recorded } from '../../../domain/case/model';
import { riyadhDate } from '../../../domain/time';
import {
  correctable,
  type AmendmentEvent,
  type AmendmentOutcome,
  type AmendmentRequest,
  type MarkedDocument,
  type Prepared,
} from './events';
import { amendmentPolicyOn } from './policy';

export type AmendmentStage =
  'SUBMITTED' | 'CHECKING' | 'AWAITING_CONFIRMATION' | 'AMENDING' | 'AMENDED' | 'ENDING' | AmendmentOutcome;

export interface AmendmentFile extends CaseFile, AmendmentRequest {
  readonly stage: AmendmentStage;
  /** The supervisor who asked for it: the one who confirms is another. */
  readonly requestedBy: string;
  /** Filed by anybody else it is refused. */
  readonly bySupervisor: boolean;
  readonly prepared?: Prepared;
  readonly refusedBy?: readonly string[];
  /** What stands instead, for a further amendment. */
  readonly registration?: string;
  readonly documents: readonly MarkedDocument[];
  /** Of the entry as it was corrected. */
  readonly certificate?: string;
  readonly ended?: AmendmentOutcome;
  readonly notified: readonly string[];
}

export const openAmendment = (filing: Filing): AmendmentFile => ({
  ...openFile(filing, amendmentPolicyOn(riyadhDate(filing.filedAt)).version),
  ...(filing.facts as unknown as AmendmentRequest),
  requestedBy: filing.clientId,
  bySupervisor: filing.filedBy === 'supervisor',
  documents: [],
  notified: [],
});

export const changedFacts = (file: AmendmentFile) =>
  Object.fromEntries(
    (['amends', ...correctable] as const).flatMap((fact) => (file[fact] === undefined ? [] : [[fact, file[fact]]])),
  );

export function evolveAmendment(file: AmendmentFile, recorded: Recorded<AmendmentEvent>): AmendmentFile {
  const { event, at } = recorded;
  switch (event.type) {
    case 'AmendmentRequested':
      return { ...file, stage: 'CHECKING', decisions: decided(file, recorded, `${event.what}-requested`, []) };
    case 'AmendmentRefused':
      return {
        ...file,
        stage: 'ENDING',
        ended: 'REJECTED',
        refusedBy: event.rules,
        decisions: decided(file, recorded, 'refused', event.rules),
      };
    case 'AmendmentPrepared': {
      const { type: _type, rules, ...prepared } = event;
      return {
        ...file,
        stage: 'AWAITING_CONFIRMATION',
        prepared,
        decisions: decided(file, recorded, 'admissible', rules),
      };
    }
    case 'AmendmentConfirmed':
      return {
        ...file,
        stage: 'AMENDING',
        decisions: decided(file, recorded, 'confirmed', ['two-people'], event.reasonRef),
      };
    case 'AmendmentDeclined':
      return {
        ...file,
        stage: 'ENDING',
        ended: 'REJECTED',
        decisions: decided(file, recorded, 'declined', [], event.reasonRef),
      };
    case 'CancellationRequested':
      return {
        ...file,
        stage: 'ENDING',
        ended: 'CANCELLED',
        decisions: decided(file, recorded, 'cancelled', [], event.reasonRef),
      };
    case 'ConfirmationExpired':
      return { ...file, stage: 'ENDING', ended: 'EXPIRED' };
    case 'RegisterAmended':
      return {
        ...file,
        stage: 'AMENDED',
        documents: event.documents,
        ...(event.registration ? { registration: event.registration } : {}),
      };
    case 'CertificateIssued':
      return { ...file, certificate: event.serial };
    case 'ApplicantNotified':
    case 'NotificationFailed':
      return { ...file, notified: [...file.notified, event.template] };
    case 'CaseClosed':
      return { ...file, stage: event.outcome, closedAt: at };
  }
}
