import type { WorkerGap } from '../client/workers';
import { isStopped, nextOf } from '../domain/case/core';
import type { CaseFile, CaseType } from '../domain/case/model';
import { DAY, HOUR, MINUTE, millis, type Instant } from '../domain/time';
import type { Bilingual } from '../domain/refusal';

/** How a wait can go silent. Each has its remedy; the watch applies it by itself where that is harmless. */
export const stallKinds = [
  'no-run',
  'engine-behind',
  'log-behind',
  'deadline-passed',
  'step-stands',
  'answer-overdue',
  'no-worker',
  'unreadable',
] as const;
export type StallKind = (typeof stallKinds)[number];

export interface Stall {
  readonly what: StallKind;
  readonly detail: Bilingual;
}

export const stallTexts: Readonly<Record<StallKind, { readonly what: Bilingual; readonly remedy: Bilingual }>> = {
  'no-run': {
    what: { en: 'Open, but no workflow runs', ar: 'مفتوحة دون مسار عمل قائم' },
    remedy: { en: 'Started again from its log.', ar: 'أُعيد تشغيلها من سجلها.' },
  },
  'engine-behind': {
    what: { en: 'The log is ahead of the workflow', ar: 'السجل متقدم على مسار العمل' },
    remedy: {
      en: 'Woken: with its next transition it reads what it lacks from the log.',
      ar: 'أُوقظت، وتقرأ ما ينقصها من السجل.',
    },
  },
  'log-behind': {
    what: { en: 'The workflow is ahead of the log', ar: 'مسار العمل متقدم على السجل' },
    remedy: {
      en: 'The log has lost events, and the case stands until they are back: restore the database. What cannot be restored, start from its log with `tajdid case restart`.',
      ar: 'فقد السجل أحداثًا، وتقف الحالة حتى تعود: استعد قاعدة البيانات. وما تعذرت استعادته شغّله من سجله بأمر restart.',
    },
  },
  'deadline-passed': {
    what: { en: 'Its deadline has passed and nothing happened', ar: 'انقضت المهلة ولم يحدث شيء' },
    remedy: {
      en: 'Woken. If it stays: are there workers, and is the engine’s clock right?',
      ar: 'أُوقظت. إن بقيت فتحقق من العاملين وساعة المحرك.',
    },
  },
  'step-stands': {
    what: { en: 'A step neither succeeds nor fails', ar: 'خطوة لم تنجح ولم تفشل' },
    remedy: {
      en: 'Woken. If it stays, look at the worker’s log for this case.',
      ar: 'أُوقظت. إن بقيت فراجع سجل العامل.',
    },
  },
  'answer-overdue': {
    what: { en: 'The outside has been silent for long', ar: 'طال صمت الطرف الخارجي' },
    remedy: {
      en: 'The outside was asked, and what it said is in the case’s log.',
      ar: 'سُئل الطرف الخارجي وسُجّل جوابه.',
    },
  },
  'no-worker': {
    what: { en: 'No worker asks for work', ar: 'لا عامل يطلب عملًا' },
    remedy: {
      en: 'Start a worker: nothing moves until then, and nothing is lost.',
      ar: 'شغّل عاملًا: لا يتقدم شيء حتى ذلك ولا يضيع شيء.',
    },
  },
  unreadable: {
    what: { en: 'The workflow does not answer', ar: 'مسار العمل لا يجيب' },
    remedy: {
      en: 'Check it with `tajdid replay --live`: it may not fit the code that runs. Then `tajdid case restart` has a case begin again from its log; a retry, a bulk file or a relay of webhooks needs the code that it fits.',
      ar: 'افحصها بأمر replay، فقد لا توافق الشيفرة القائمة، ثم أعد بدء الحالة من سجلها بأمر restart. أما إعادة المحاولة أو الملف المجمّع أو مرحّل الإشعارات فيلزمه الشيفرة التي توافقه.',
    },
  },
};

const gapText = ({ why, buildId, open }: WorkerGap): Bilingual => {
  if (why === 'none') return { en: 'nobody asks the task queue for work', ar: 'لا أحد يطلب عملًا من الطابور' };
  if (why === 'pinned')
    return {
      en: `${open} open workflows are pinned to version ${buildId}, and no worker of it is left`,
      ar: `مسارات مفتوحة مثبّتة على الإصدار ${buildId} وعددها ${open}، ولم يبق له عامل`,
    };
  const [on, onAr] =
    buildId === null ? ['without a version', 'دون إصدار'] : [`of version ${buildId}`, `بالإصدار ${buildId}`];
  const whyAr = why === 'current' ? 'الحالي' : 'المتدرج';
  return {
    en: `cases go to workers ${on} (${why}), and none asks for work`,
    ar: `تذهب الحالات إلى عاملين ${onAr} (${whyAr})، ولا أحد منهم يطلب عملًا`,
  };
};

/** What nobody takes up. */
export const gapTexts = (gaps: readonly WorkerGap[]): Bilingual => ({
  en: gaps.map((gap) => gapText(gap).en).join('; '),
  ar: gaps.map((gap) => gapText(gap).ar).join('، '),
});

/** The alarm of a deadline may be late by this much before that is a finding. */
export const GRACE = 10 * MINUTE;
/**
 * A lost webhook is asked after when nothing has happened for a quarter of the time that was waited until then, and never sooner than
 * this nor later than that: what is lost is found soon, and a wait of weeks does not fill its log with questions.
 */
export const ASK_AFTER = { least: 1 * HOUR, most: 1 * DAY };

const askAfterSo = (waitedMs: number): number => Math.min(ASK_AFTER.most, Math.max(ASK_AFTER.least, waitedMs / 4));

/**
 * Waits that a message of the outside ends, and that a lost one would leave standing: these are looked for by their silence. Other
 * waits that ask (a card that lies at an office) stand for weeks by their nature: the round comes to them.
 */
export const ANSWERED_OUTSIDE = ['payment', 'card-printed', 'card-delivered'] as const;

/**
 * What the row of an open case alone tells; the engine is asked about more.
 * @param askAfter milliseconds of silence after which the outside is asked; growing with the wait where it is not given
 */
export function stallOfRow(
  type: CaseType,
  file: CaseFile,
  lastEventAt: Instant,
  now: Instant,
  askAfter?: number,
): Stall | undefined {
  const next = nextOf(type, file);
  const age = millis(now) - millis(lastEventAt);
  if ('wait' in next) {
    const { what, until, since, ask } = next.wait;
    if (millis(now) - millis(until) > GRACE)
      return {
        what: 'deadline-passed',
        detail: { en: `"${what}" was due until ${until}`, ar: `كان "${what}" مستحقًا حتى ${until}` },
      };
    const quiet = Math.min(age, millis(now) - millis(since));
    const patience = askAfter ?? askAfterSo(millis(lastEventAt) - millis(since));
    if (ask !== undefined && !isStopped(file) && quiet > patience)
      return { what: 'answer-overdue', detail: { en: `"${what}" since ${since}`, ar: `"${what}" منذ ${since}` } };
    return undefined;
  }
  if ('done' in next) return undefined;
  return age > GRACE
    ? { what: 'step-stands', detail: { en: `since ${lastEventAt}`, ar: `منذ ${lastEventAt}` } }
    : undefined;
}
