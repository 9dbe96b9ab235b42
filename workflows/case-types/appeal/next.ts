import { appliedAt } from '../../../domain/case/file';
import { newDecisionCaseId } from '../../../domain/case/following';
import type { Filing, Next, Wait } from '../../../domain/case/model';
import { after } from '../../../domain/time';
import { workingDaysAfter } from '../../stages/working-days';
import type { AppealOutcome } from './events';
import type { AppealFile } from './file';
import { appealPolicy } from './policy';

const OUTCOMES = { upheld: 'UPHELD', allowed: 'ALLOWED', cancelled: 'CANCELLED' } as const;

/** Without a decision it was never admitted. */
export const outcomeOf = ({ decision }: AppealFile): AppealOutcome => (decision ? OUTCOMES[decision] : 'REJECTED');

/** An appeal has a time of its own; past it, it is overdue and stays so until somebody decides. */
function waitForDecision(file: AppealFile): Wait {
  const { stageSince: since, pausedMs, remindedAt, review } = file;
  const policy = appealPolicy(file.policyVersion);
  const due = after(workingDaysAfter(since, policy.decideWithinWorkingDays.value), pausedMs);
  const until = remindedAt ? after(workingDaysAfter(remindedAt, policy.remindEachWorkingDays.value), pausedMs) : due;
  const lease = review.claim ? [{ at: review.claim.until, step: 'lapse-claim' }] : [];
  return {
    what: 'appeal-decision',
    who: 'supervisor',
    since,
    until,
    due,
    otherwise: 'supervisor-reminder',
    alarms: [...lease, { at: until, step: 'remind-appeal' }],
  };
}

/** The new decision on the original's facts: a case of its own, whose id follows from this one. */
export function newDecisionOf(file: AppealFile): Filing | undefined {
  const { admitted } = file;
  if (!admitted) return undefined;
  const { original, tookPart, paid } = admitted;
  return {
    ...original,
    caseId: newDecisionCaseId(file.id, original.caseId),
    // Its own; the day that lateness and fines go by is that of the application, below.
    filedAt: file.stageSince,
    parent: file.id,
    appeal: {
      caseId: file.id,
      original: original.appeal?.original ?? original.caseId,
      appellant: file.subject,
      waived: [...new Set([...(original.appeal?.waived ?? []), ...file.waives])],
      filedAt: appliedAt(original),
      // Who allowed the appeal has taken a side too.
      tookPart: [...new Set([...tookPart, ...file.review.handledBy])],
      ...(paid ? { paid } : {}),
    },
  };
}

/** Each decision is told of once. */
export const toldBy = ({ round }: AppealFile): string => (round === undefined ? 'decided' : `decided-${round}`);

export function nextAppeal(file: AppealFile): Next {
  switch (file.stage) {
    case 'SUBMITTED':
    case 'ADMISSIBILITY':
      return { do: file.refusedBy ? 'close' : 'check-admissible' };
    case 'IN_REVIEW':
      return { wait: waitForDecision(file) };
    case 'DECIDED': {
      const filing = file.decision === 'allowed' && !file.newCase ? newDecisionOf(file) : undefined;
      if (filing) return { start: filing, noted: 'note-new-decision' };
      return { do: file.notified.includes(toldBy(file)) || file.decision === 'cancelled' ? 'close' : 'notify-decided' };
    }
    case 'UPHELD':
    case 'ALLOWED':
    case 'REJECTED':
    case 'CANCELLED':
      return { done: file.stage };
  }
}
