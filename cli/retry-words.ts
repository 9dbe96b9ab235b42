import type { ItemState, Operation, OperationAct, OperationItem } from '../adapters/operations/port';
import type { Bilingual } from '../domain/refusal';
import type { LeftOut, RetryPreview } from '../ops/retries';
import { words } from './texts';
import { several } from './output';

type Lang = 'ar' | 'en';

const STATES: Readonly<Record<ItemState, string>> = {
  waiting: 'لم تُسأل بعد',
  asked: 'قيد المتابعة',
  moved: 'تجاوزت الخطوة',
  'failed-again': 'تعطلت ثانية',
  'not-needed': 'لا حاجة بها',
  refused: 'رُفضت',
  unsettled: 'لم يُعرف مآلها',
  cancelled: 'أُلغيت',
};

const ACTS: Readonly<Record<OperationAct['what'], string>> = {
  started: 'بدأت',
  stopped: 'أُوقفت',
  resumed: 'استُؤنفت',
  cancelled: 'أُلغيت',
  ended: 'انتهت',
};

const stateInWords = (state: ItemState, lang: Lang): string => ({ en: state, ar: STATES[state] })[lang];

export const actInWords = (what: OperationAct['what'], lang: Lang): string => ({ en: what, ar: ACTS[what] })[lang];

/** How many of its cases stand how. */
export function countsInWords({ id, counts }: Operation, lang: Lang): string {
  const some = (Object.entries(counts) as [ItemState, number][]).filter(([, n]) => n > 0);
  const all = some.map(([state, n]) => ({ en: `${n} ${state}`, ar: `${STATES[state]} ${n}` })[lang]);
  return `${id}: ${all.join({ en: ', ', ar: '، ' }[lang]) || { en: 'no cases', ar: 'لا حالات' }[lang]}`;
}

export const ITEM_HEAD = { en: ['case', 'state', 'detail'], ar: ['الحالة', 'ما آلت إليه', 'التفصيل'] };
export const itemRow = ({ caseId, state, detail }: OperationItem, lang: Lang) => [
  caseId,
  stateInWords(state, lang),
  detail?.[lang] ?? null,
];

/** How many would be retried, and how many of them follow. */
export function previewInWords({ total, underWay, first }: RetryPreview, lang: Lang): string {
  const more = total > first.length;
  const besides = {
    en: underWay > 0 ? ` (${underWay} more are being retried already)` : '',
    ar: underWay > 0 ? ` (وغيرها قيد إعادة المحاولة: ${underWay})` : '',
  }[lang];
  return {
    en: `${several(total, 'case')} would be retried${besides}${more ? `; the first ${first.length}` : ''}:`,
    ar: `عدد الحالات التي ستُعاد محاولتها ${total}${besides}${more ? `، وأولها ${first.length}` : ''}:`,
  }[lang];
}

export const PREVIEW_HEAD = {
  en: ['case', 'stage', 'step', 'cause', 'effects that stand'],
  ar: ['الحالة', 'المرحلة', 'الخطوة', 'السبب', 'الآثار القائمة'],
};
export const previewRow = (
  { caseId, type, stage, incident: { step, source, code }, effects }: RetryPreview['first'][number],
  lang: Lang,
) => [
  caseId,
  { en: stage, ar: words(type, 'statuses', stage, lang) }[lang],
  { en: step, ar: words(type, 'steps', step, lang) }[lang],
  `${source} ${code}`,
  effects.map(({ kind, what }) => ({ en: kind, ar: what.ar })[lang]).join({ en: ', ', ar: '، ' }[lang]),
];

const WHY: Readonly<Record<Exclude<LeftOut['why'], 'no-such-case'>, Bilingual>> = {
  'no-incident': { en: 'it has no incident', ar: 'لا عطل فيها' },
  'another-incident': { en: 'it has another incident than the options choose', ar: 'عطلها غير ما تختاره الخيارات' },
  'under-way': { en: 'it is being retried already', ar: 'قيد إعادة المحاولة من قبل' },
};

/** Why a case that was named, and that there is, is not retried. */
export const leftOutInWords = (caseId: string, why: keyof typeof WHY): Bilingual => ({
  en: `${caseId}: ${WHY[why].en}.`,
  ar: `${caseId}: ${WHY[why].ar}.`,
});
