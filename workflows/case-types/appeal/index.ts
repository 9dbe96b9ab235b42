import type { CaseType } from '../../../domain/case/model';
import { claimedBy, minorInReview } from '../../stages/review';
import { appealActions } from './actions';
import { concernedIn } from './concerned';
import type { AppealEvent } from './events';
import { evolveAppeal, openAppeal, type AppealFile } from './file';
import { nextAppeal } from './next';
import { appealRepairable, appealResets } from './operators';
import { appealTexts } from './texts';

export const appeal: CaseType<AppealFile, AppealEvent> = {
  type: 'appeal',
  prefix: 'apl',
  title: { ar: 'تظلم', en: 'Appeal' },
  open: openAppeal,
  submitted: ({ facts }) => ({ type: 'AppealFiled', appealed: facts['appealed'] as string }),
  evolve: evolveAppeal,
  next: nextAppeal,
  receive: () => [],
  actions: appealActions,
  concerned: concernedIn,
  claimedBy,
  repairable: appealRepairable,
  resets: appealResets,
  texts: appealTexts,
  minor: [...minorInReview, 'ApplicantNotified'],
};
