import type { Effects } from '../../../domain/case/effects';
import type { Repairable, Resets } from '../../../domain/case/repair-and-reset';
import { refusal, type Refusal } from '../../../domain/refusal';
import { notificationEffects } from '../../stages/notification';
import { isReference, notAReference, repairableOffice, sentMessages } from '../../stages/operators';
import type { AppealEvent } from './events';
import type { AppealFile } from './file';

const decidedAlready = refusal(
  'not-now',
  'appeal-decided',
  'The appeal has been decided: reset it first.',
  'صدر القرار في التظلم: أعد الحالة إلى خطوة سابقة أولًا.',
);

/** Checked anew by itself: whether it is admitted is about this very case. */
const appealing = (file: AppealFile, appealed: string): AppealFile => {
  const { admitted: _no, ...rest } = undecided(file);
  return { ...rest, appealed, stage: 'ADMISSIBILITY' };
};

export const appealRepairable: Readonly<Record<string, Repairable<AppealFile>>> = {
  office: repairableOffice(),
  appealed: {
    title: { ar: 'الحالة المتظلَّم منها', en: 'The case that is appealed' },
    read: ({ appealed }) => appealed,
    refuse: ({ decision }, value) => (decision ? decidedAlready : isReference(value) ? undefined : notAReference),
    restsDecision: ({ admitted }) => admitted !== undefined,
    write: (file, value) => appealing(file, value as string),
  },
};

function undecided(file: AppealFile): AppealFile {
  const { decision, remindedAt: _was, ...rest } = file;
  const { claim: _released, ...review } = file.review;
  const told = decision !== undefined && file.notified.length > 0;
  return { ...rest, waives: [], review, ...(told ? { round: (file.round ?? 1) + 1 } : {}) };
}

/** Two decisions of one appeal must not both take effect. */
const unlessNewCase = ({ newCase }: AppealFile): Refusal | undefined =>
  newCase
    ? refusal(
        'not-now',
        'new-decision-under-way',
        `The new decision is a case of its own by now, ${newCase}: what is wrong is put right there.`,
        'القرار الجديد حالة مستقلة الآن: يُعالج الخطأ فيها.',
      )
    : undefined;

export const appealResets: Resets<AppealFile> = {
  // A decision that was told of stays told; the next one is told by a message of its own.
  effects: ({ notified }) => sentMessages(notified, () => 2),
  compensation: () => undefined,
  points: {
    'check-admissible': {
      title: { ar: 'فحص قبول التظلم', en: 'Checking admissibility' },
      order: 0,
      stages: ['IN_REVIEW', 'DECIDED'],
      refuse: unlessNewCase,
      rewind: (file) => appealing(file, file.appealed),
    },
    decision: {
      title: { ar: 'القرار في التظلم', en: 'The decision' },
      order: 1,
      stages: ['DECIDED'],
      refuse: unlessNewCase,
      rewind: (file) => ({ ...undecided(file), stage: 'IN_REVIEW' }),
    },
  },
};

export const appealEffects: Effects<AppealEvent['type']> = {
  made: {
    NewDecisionStarted: { kind: 'case', by: 'caseId', what: { ar: 'حالة قرار جديد', en: 'Case of the new decision' } },
    ...notificationEffects.made,
  },
};
