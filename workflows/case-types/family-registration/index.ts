import type { CaseType } from '../../../domain/case/model';
import { minorInPayment } from '../../stages/payment';
import { claimedBy, holdReview, minorInReview } from '../../stages/review';
import { familyActions } from './actions';
import { concernedIn } from './concerned';
import type { FamilyCaseEvent, ReportFacts } from './events';
import { changedFacts, evolveFamily, openFamily, type FamilyFile } from './file';
import { nextFamily, receiveFamily } from './next';
import { familyEffects, familyRepairable, familyResets } from './operators';
import { familyPolicy } from './policy';
import { familyTexts } from './texts';

export const familyRegistration: CaseType<FamilyFile, FamilyCaseEvent> = {
  type: 'family-registration',
  prefix: 'fam',
  title: { ar: 'تسجيل واقعة أسرية', en: 'Family registration' },
  open: openFamily,
  submitted: ({ facts }) => ({ type: 'EventReported', ...(facts as unknown as ReportFacts) }),
  evolve: evolveFamily,
  changedFacts,
  heldOrResumed: holdReview,
  next: nextFamily,
  receive: receiveFamily,
  actions: familyActions,
  concerned: concernedIn,
  neverWaived: (version) => familyPolicy(version).neverWaived.value,
  claimedBy,
  repairable: familyRepairable,
  resets: familyResets,
  effects: familyEffects,
  passes: { event: 'ApplicationAccepted', decision: 'eligible' },
  texts: familyTexts,
  minor: [...minorInReview, ...minorInPayment, 'ApplicantNotified'],
};
