import { addWorkingDays } from '../../../domain/calendar/working-days';
import type { Next } from '../../../domain/case/model';
import { holidays } from '../../../domain/policies/holidays';
import { after, riyadhDate, startOfRiyadhDay } from '../../../domain/time';
import { peopleIn } from '../../../domain/family/record';
import type { AmendmentFile } from './file';
import { amendmentPolicy } from './policy';

/** Whoever has a document that rested on the entry, and whom the event is about: each is told once. */
export const toldPeople = (file: AmendmentFile): string[] => {
  const { prepared, documents } = file;
  return [...new Set([...documents.map(({ holder }) => holder), ...(prepared ? peopleIn(prepared.event) : [])])];
};

export function nextAmendment(file: AmendmentFile): Next {
  switch (file.stage) {
    case 'SUBMITTED':
    case 'CHECKING':
      return { do: 'check-amendment' };
    case 'AWAITING_CONFIRMATION': {
      const days = amendmentPolicy(file.policyVersion).confirmWithinWorkingDays.value;
      const until = after(startOfRiyadhDay(addWorkingDays(riyadhDate(file.stageSince), days, holidays)), file.pausedMs);
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
