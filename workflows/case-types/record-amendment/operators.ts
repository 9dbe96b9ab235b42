import type { Effects } from '../../../domain/case/effects';
import type { Repairable, Resets } from '../../../domain/case/repair-and-reset';
import { refusal, type Refusal } from '../../../domain/refusal';
import type { Bilingual } from '../../../domain/refusal';
import { notificationEffects } from '../../stages/notification';
import {
  certificateMade,
  entryMayStand,
  isReference,
  lasting,
  notAReference,
  registerSaidNo,
  repairableOffice,
  sentMessages,
} from '../../stages/operators';
import type { AmendmentEvent, Correctable } from './events';
import type { AmendmentFile } from './file';

const confirmed = refusal(
  'not-now',
  'amendment-confirmed',
  'Two people have decided this amendment: reset it first.',
  'قرر شخصان هذا التعديل: أعد الحالة إلى خطوة سابقة أولًا.',
);

const unprepared = (file: AmendmentFile): AmendmentFile => {
  const { prepared: _was, ...rest } = file;
  return { ...rest, stage: 'CHECKING' };
};

/** What was asked for. It is checked anew by itself, and so confirmed as it then is. */
const asked = (
  field: 'amends' | Exclude<Correctable, 'childName'>,
  title: Bilingual,
  fits: (value: unknown) => boolean,
): Repairable<AmendmentFile> => ({
  title,
  read: (file) => file[field] ?? null,
  refuse: (file, value) => {
    if (file.stage !== 'CHECKING' && file.stage !== 'AWAITING_CONFIRMATION') return confirmed;
    return fits(value) ? undefined : notAReference;
  },
  restsDecision: ({ prepared }) => prepared !== undefined,
  write: (file, value) => unprepared({ ...file, [field]: value as string }),
});

export const amendmentRepairable: Readonly<Record<string, Repairable<AmendmentFile>>> = {
  office: repairableOffice(),
  amends: asked('amends', { ar: 'الحالة التي سُجِّل بها القيد', en: 'The case that made the entry' }, isReference),
  'event-date': asked(
    'on',
    { ar: 'التاريخ الصحيح للواقعة', en: 'The date that is to stand' },
    (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  ),
  father: asked('father', { ar: 'مرجع الأب الصحيح', en: 'The father who is to stand, by reference' }, isReference),
  husband: asked('husband', { ar: 'مرجع الزوج الصحيح', en: 'The husband who is to stand, by reference' }, isReference),
  wife: asked('wife', { ar: 'مرجع الزوجة الصحيحة', en: 'The wife who is to stand, by reference' }, isReference),
  mother: asked('mother', { ar: 'مرجع الأم الصحيحة', en: 'The mother who is to stand, by reference' }, isReference),
};

const unlessEntered = (file: AmendmentFile): Refusal | undefined =>
  file.stage === 'AMENDING' && !registerSaidNo(file) ? entryMayStand : undefined;

export const amendmentResets: Resets<AmendmentFile> = {
  effects: ({ id, stage, certificate, notified }) => [
    ...(stage === 'AMENDED' ? [lasting('register', id, 1)] : []),
    ...(certificate ? [lasting('certificate', certificate, 2)] : []),
    ...sentMessages(notified, () => 2),
  ],
  compensation: () => undefined,
  points: {
    'check-amendment': {
      title: { ar: 'فحص طلب التعديل', en: 'Checking the request' },
      order: 0,
      stages: ['AWAITING_CONFIRMATION', 'AMENDING'],
      refuse: unlessEntered,
      // Whoever confirmed, confirmed what was prepared then: it is confirmed again.
      rewind: unprepared,
    },
    'amend-register': {
      title: { ar: 'تعديل السجل', en: 'Amending the register' },
      order: 1,
      stages: ['AMENDING', 'AMENDED'],
      // One key, one amendment: an entry that was kept is found and not made again.
      rewind: (file) => ({ ...file, stage: 'AMENDING' }),
    },
  },
};

export const amendmentEffects: Effects<AmendmentEvent['type']> = {
  made: {
    RegisterAmended: { kind: 'register', what: { ar: 'تعديل قيد في السجل', en: 'Amendment of an entry' } },
    CertificateIssued: certificateMade,
    ...notificationEffects.made,
  },
};
