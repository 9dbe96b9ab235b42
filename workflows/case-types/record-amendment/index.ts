import type { CaseType } from '../../../domain/case/model';
import { amendmentActions } from './actions';
import { concernedIn } from './concerned';
import type { AmendmentEvent, AmendmentRequest } from './events';
import { changedFacts, evolveAmendment, openAmendment, type AmendmentFile } from './file';
import { nextAmendment } from './next';
import { amendmentRepairable, amendmentResets } from './operators';
import { amendmentTexts } from './texts';

export const recordAmendment: CaseType<AmendmentFile, AmendmentEvent> = {
  type: 'record-amendment',
  prefix: 'amd',
  title: { ar: 'تعديل قيد', en: 'Record amendment' },
  open: openAmendment,
  submitted: ({ facts }) => ({ type: 'AmendmentRequested', ...(facts as unknown as AmendmentRequest) }),
  evolve: evolveAmendment,
  changedFacts,
  next: nextAmendment,
  receive: () => [],
  actions: amendmentActions,
  concerned: concernedIn,
  claimedBy: () => undefined,
  repairable: amendmentRepairable,
  resets: amendmentResets,
  texts: amendmentTexts,
  minor: ['ApplicantNotified'],
};
