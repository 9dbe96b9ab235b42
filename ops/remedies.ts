import type { Incident } from '../domain/case/model';
import type { Bilingual } from '../domain/refusal';

/** What to try, and how sure a retry is to be harmless. */
export interface Remedy {
  readonly action: 'retry' | 'repair' | 'release' | 'look';
  readonly text: Bilingual;
  /** The page in docs/runbooks that goes further. */
  readonly runbook: string;
}

interface RemedyRule {
  readonly source?: Incident['source'];
  readonly code?: RegExp;
  readonly kind?: Incident['kind'];
  readonly remedy: Remedy;
}

const remedy = (action: Remedy['action'], runbook: string, en: string, ar: string): Remedy => ({
  action,
  runbook,
  text: { en, ar },
});

/** From the most particular to the most general; the first that fits holds. */
const rules: readonly RemedyRule[] = [
  {
    source: 'card-bureau',
    code: /^print-failed-repeatedly$/,
    remedy: remedy(
      'look',
      'card-bureau-down',
      'The bureau failed to print this card again and again: ask it why. Then retry: each retry allows one more print.',
      'تكرر فشل طباعة البطاقة: استعلم من مكتب الطباعة ثم أعد المحاولة، فكل إعادة تسمح بطباعة واحدة إضافية.',
    ),
  },
  {
    source: 'documents',
    code: /^photo-missing$|^photo-not-measured$|^photo-not-theirs$/,
    remedy: remedy(
      'repair',
      'wrong-fact',
      'The photo that the case names is not there, or is somebody else’s. Repair the reference to the photo, then retry.',
      'الصورة المشار إليها غير موجودة أو تخص شخصًا آخر. أصلح مرجع الصورة ثم أعد المحاولة.',
    ),
  },
  {
    source: 'case',
    code: /^photo-not-judged$|^kept-payment-differs$|^checked-for-another-date$/,
    remedy: remedy(
      'look',
      'wrong-step',
      'A retry gives the same answer: take the case back with `tajdid case reset`, to the step that its message names.',
      'إعادة المحاولة تعطي الجواب نفسه: أعد الحالة إلى الخطوة المذكورة في الرسالة.',
    ),
  },
  {
    code: /person-erased|erased/,
    remedy: remedy(
      'look',
      'wrong-fact',
      'The person was erased from the vault: a retry cannot help. A supervisor has to end the case.',
      'مُحيت بيانات الشخص: لا تفيد إعادة المحاولة، وعلى المشرف إنهاء الحالة.',
    ),
  },
  {
    code: /^postgres-/,
    remedy: remedy(
      'retry',
      'database-down',
      'The database could not be reached. When `tajdid doctor` is clean, retry all of this group.',
      'تعذّر الوصول إلى قاعدة البيانات. أعد محاولة المجموعة كلها بعد سلامة الفحص.',
    ),
  },
  {
    kind: 'unavailable',
    remedy: remedy(
      'retry',
      'outside-down',
      'The other side did not take the request. Nothing happened there. When it is back, retry the whole group, slowly.',
      'لم يستقبل الطرف الآخر الطلب ولم يحدث شيء. أعد محاولة المجموعة كلها ببطء بعد عودته.',
    ),
  },
  {
    kind: 'outcome-unknown',
    remedy: remedy(
      'retry',
      'outcome-unknown',
      'Nobody knows whether the request was taken. A retry carries the same key, so it finds out and does nothing twice.',
      'لا يُعرف إن كان الطلب قد نُفِّذ. تحمل إعادة المحاولة المفتاح نفسه فتكشف النتيجة ولا تكرر شيئًا.',
    ),
  },
  {
    kind: 'refused',
    remedy: remedy(
      'repair',
      'wrong-fact',
      'The other side understood and said no; it will say so again. Repair what it objects to, then retry.',
      'رفض الطرف الآخر الطلب وسيرفضه مجددًا. أصلح سبب الرفض ثم أعد المحاولة.',
    ),
  },
  {
    kind: 'defect',
    remedy: remedy(
      'release',
      'defect',
      'A mistake of our own: a retry helps only after a new version, or the old one, is running. Check it with `tajdid replay`, roll out, then retry the group.',
      'خطأ برمجي: لا تفيد إعادة المحاولة إلا بعد نشر إصدار سليم. افحصه ثم انشره ثم أعد محاولة المجموعة.',
    ),
  },
];

export function remedyFor(cause: Pick<Incident, 'source' | 'code' | 'kind'>): Remedy {
  const fits = ({ source, code, kind }: RemedyRule): boolean =>
    (source === undefined || source === cause.source) &&
    (code === undefined || code.test(cause.code)) &&
    (kind === undefined || kind === cause.kind);
  return (
    rules.find(fits)?.remedy ?? remedy('look', 'defect', 'No remedy is known for this.', 'لا يوجد حل معروف لهذا العطل.')
  );
}
