import { decided, openFile } from '../../../domain/case/file';
import type { CaseFile, Filing, Recorded } from '../../../domain/case/model';
import { holidays } from '../../../domain/policies/holidays';
import { riyadhDate, type Instant } from '../../../domain/time';
import { evolveReview, handled, isReviewEvent, noReview, type ReviewFile } from '../../stages/review';
import type { Appealed, AppealEvent, AppealOutcome } from './events';
import { appealPolicyOn } from './policy';

export type AppealStage = 'SUBMITTED' | 'ADMISSIBILITY' | 'IN_REVIEW' | 'DECIDED' | AppealOutcome;

export interface AppealFile extends CaseFile {
  readonly stage: AppealStage;
  readonly appealed: string;
  readonly refusedBy?: readonly string[];
  readonly admitted?: Appealed;
  readonly review: ReviewFile;
  readonly remindedAt?: Instant;
  readonly decision?: 'upheld' | 'allowed' | 'cancelled';
  readonly waives: readonly string[];
  readonly newCase?: string;
  /** The second and later decisions, after a reset; it is part of their messages' keys. */
  readonly round?: number;
  readonly notified: readonly string[];
}

export const openAppeal = (filing: Filing): AppealFile => ({
  ...openFile(filing, appealPolicyOn(riyadhDate(filing.filedAt)).version),
  appealed: filing.facts['appealed'] as string,
  review: { ...noReview, level: 'supervisor' },
  waives: [],
  notified: [],
});

export function evolveAppeal(file: AppealFile, recorded: Recorded<AppealEvent>): AppealFile {
  const { event, at, actor } = recorded;
  if (isReviewEvent(event)) return { ...file, review: evolveReview(file.review, event, at, actor, holidays) };
  switch (event.type) {
    case 'AppealFiled':
      return { ...file, stage: 'ADMISSIBILITY' };
    case 'AppealRefused':
      return { ...file, refusedBy: event.rules, decisions: decided(file, recorded, 'refused', event.rules) };
    case 'AppealAdmitted': {
      const { type: _type, rules, ...admitted } = event;
      return {
        ...file,
        stage: 'IN_REVIEW',
        admitted,
        decisions: decided(file, recorded, 'admitted', rules),
      };
    }
    case 'AppealOverdue':
      return { ...file, remindedAt: at };
    case 'AppealUpheld':
      return {
        ...file,
        stage: 'DECIDED',
        decision: 'upheld',
        review: handled(file.review, actor.id),
        decisions: decided(file, recorded, 'upheld', file.admitted?.rejectedFor ?? [], event.reasonRef),
      };
    case 'AppealAllowed':
      return {
        ...file,
        stage: 'DECIDED',
        decision: 'allowed',
        waives: event.waives,
        review: handled(file.review, actor.id),
        decisions: decided(file, recorded, 'allowed', event.waives, event.reasonRef),
      };
    case 'CancellationRequested':
      return {
        ...file,
        stage: 'DECIDED',
        decision: 'cancelled',
        decisions: decided(file, recorded, 'cancelled', [], event.reasonRef),
      };
    case 'NewDecisionStarted':
      return { ...file, newCase: event.caseId };
    case 'ApplicantNotified':
    case 'NotificationFailed':
      return { ...file, notified: [...file.notified, event.template] };
    case 'CaseClosed':
      return { ...file, stage: event.outcome, closedAt: at };
  }
}
