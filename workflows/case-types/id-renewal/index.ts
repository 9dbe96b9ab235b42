import type { CaseType } from '../../../domain/case/model';
import { minorInPayment } from '../../stages/payment';
import { claimedBy, holdReview, minorInReview } from '../../stages/review';
import { renewalActions } from './actions';
import type { RenewalEvent } from './events';
import { changedFacts, evolveRenewal, openRenewal, type RenewalFile } from './file';
import { renewalEffects, renewalRepairable, renewalResets } from './operators';
import { nextRenewal, receiveRenewal } from './next';
import { renewalPolicy } from './policy';
import { renewalTexts } from './texts';

export const idRenewal: CaseType<RenewalFile, RenewalEvent> = {
  type: 'id-renewal',
  prefix: 'rnw',
  title: { ar: 'تجديد الهوية', en: 'ID renewal' },
  open: openRenewal,
  submitted: ({ facts }) => ({
    type: 'ApplicationSubmitted',
    ...(facts as Omit<Extract<RenewalEvent, { type: 'ApplicationSubmitted' }>, 'type'>),
  }),
  evolve: evolveRenewal,
  changedFacts,
  heldOrResumed: holdReview,
  next: nextRenewal,
  receive: receiveRenewal,
  actions: renewalActions,
  photoPolicy: (version) => renewalPolicy(version).photo.value,
  neverWaived: (version) => renewalPolicy(version).neverWaived.value,
  claimedBy,
  repairable: renewalRepairable,
  resets: renewalResets,
  effects: renewalEffects,
  evidenceChangedBy: ['ApplicationResubmitted', 'PhotoJudged'],
  passes: { event: 'ApplicationValidated', decision: 'eligible' },
  texts: renewalTexts,
  minor: [
    ...minorInReview,
    ...minorInPayment,
    'ApplicationValidated',
    'CardReserved',
    'BureauAsked',
    'CourierAsked',
    'ApplicantNotified',
  ],
};
