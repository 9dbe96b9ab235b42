import type { Next } from '../../../domain/case/model';
import { peopleIn } from '../../../domain/family/record';
import { after } from '../../../domain/time';
import { workingDaysAfter } from '../../stages/working-days';
import type { AmendmentFile } from './file';
import { amendmentPolicy } from './policy';

/** Whoever has a document that rested on the entry, and whom the amendment concerns: each is told once. */
export const toldPeople = ({ prepared, documents }: AmendmentFile): string[] => {
  const concerned = prepared ? (prepared.concerned ?? peopleIn(prepared.event)) : [];
  return [...new Set([...documents.map(({ holder }) => holder), ...concerned])];
};

export function nextAmendment(file: AmendmentFile): Next {
  switch (file.stage) {
    case 'SUBMITTED':
    case 'CHECKING':
      return { do: 'check-amendment' };
    case 'AWAITING_CONFIRMATION': {
      const days = amendmentPolicy(file.policyVersion).confirmWithinWorkingDays.value;
      const until = after(workingDaysAfter(file.stageSince, days), file.pausedMs);
      return {
        wait: {
          what: 'amendment-confirmation',
          who: 'supervisor',
          since: file.stageSince,
          until,
          otherwise: 'amendment-expires',
          alarms: [{ at: until, step: 'expire-confirmation' }],
        },
      };
    }
    case 'AMENDING':
      return { do: 'amend-register' };
    case 'AMENDED':
      // Before anybody is told: whoever looks then finds it.
      if (file.registration && !file.certificate) return { do: 'issue-certificate' };
      return {
        do: toldPeople(file).some((_, i) => !file.notified.includes(`amended-${i}`)) ? 'notify-holders' : 'close',
      };
    case 'ENDING':
      return { do: 'close' };
    case 'COMPLETED':
    case 'REJECTED':
    case 'EXPIRED':
    case 'CANCELLED':
      return { done: file.stage };
  }
}
