import type { CaseType } from '../../../domain/case/model';
import { amendmentActions } from './actions';
import { concernedIn } from './concerned';
import type { AmendmentEvent, AmendmentRequest } from './events';
import { changedFacts, evolveAmendment, openAmendment, type AmendmentFile } from './file';
import { nextAmendment } from './next';
import { amendmentEffects, amendmentRepairable, amendmentResets } from './operators';
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
  // It is about what was decided, and goes on whoever dies.
  receive: () => [],
  actions: amendmentActions,
  concerned: concernedIn,
  subjectIs: { ar: 'صاحب القيد', en: 'Whom the entry is about' },
  statement: { field: 'why', title: { ar: 'سبب طلب التعديل', en: 'Why the amendment is asked for' } },
  claimedBy: () => undefined,
  repairable: amendmentRepairable,
  resets: amendmentResets,
  effects: amendmentEffects,
  evidenceChangedBy: ['AmendmentPrepared'],
  passes: { event: 'AmendmentPrepared', decision: 'admissible' },
  texts: amendmentTexts,
  minor: ['ApplicantNotified'],
};
