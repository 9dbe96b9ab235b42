import type { CaseType } from '../../../domain/case/model';
import { claimedBy, minorInReview } from '../../stages/review';
import { appealActions } from './actions';
import { concernedIn } from './concerned';
import type { AppealEvent } from './events';
import { evolveAppeal, openAppeal, type AppealFile } from './file';
import { nextAppeal } from './next';
import { appealEffects, appealRepairable, appealResets } from './operators';
import { appealTexts } from './texts';

export const appeal: CaseType<AppealFile, AppealEvent> = {
  type: 'appeal',
  prefix: 'apl',
  title: { ar: 'تظلم', en: 'Appeal' },
  open: openAppeal,
  submitted: ({ facts }) => ({ type: 'AppealFiled', appealed: facts['appealed'] as string }),
  evolve: evolveAppeal,
  next: nextAppeal,
  // It is about what was decided, and goes on whoever dies.
  receive: () => [],
  actions: appealActions,
  concerned: concernedIn,
  subjectIs: { ar: 'المتظلم', en: 'Appellant' },
  statement: {
    field: 'grounds',
    title: { ar: 'أسباب التظلم كما كتبها المتظلم', en: 'The grounds, in the appellant’s words' },
  },
  claimedBy,
  repairable: appealRepairable,
  resets: appealResets,
  effects: appealEffects,
  evidenceChangedBy: ['AppealAdmitted'],
  passes: { event: 'AppealAdmitted', decision: 'admitted' },
  texts: appealTexts,
  minor: [...minorInReview, 'ApplicantNotified'],
};
