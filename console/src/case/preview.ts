import type { Case, Evidence } from '../api/client';
import { money } from '../format';
import { preferences } from '../preferences';
import { named, t } from '../words';

const joined = (words: readonly string[]): string => words.join(preferences().language === 'ar' ? '، ' : ', ');

/** What of the quote comes back while no card was printed. */
function refund({ quote }: Case): string {
  const halalas = (quote?.lines ?? [])
    .filter(({ refundable }) => refundable !== 'never')
    .reduce((sum, { amount }) => sum + amount.halalas, 0);
  return halalas > 0 ? money({ halalas }) : t('preview.nothing');
}

/** What the applicant will notice of an action, before it is taken. */
export function previewOf(
  view: Case,
  evidence: Evidence | undefined,
  action: string,
  values: Readonly<Record<string, string | readonly string[]>>,
): string | undefined {
  if (view.type !== 'id-renewal') return undefined;
  switch (action) {
    case 'approve':
      return t('preview.approve', {
        how: evidence?.delivery?.method === 'pickup' ? t('preview.office') : t('preview.delivered'),
      });
    case 'return':
      return t('preview.return', {
        items: joined(((values['items'] ?? []) as readonly string[]).map((item) => named('act.fields', item))) || '…',
      });
    case 'reject':
      return t('preview.reject', {
        rule: typeof values['rule'] === 'string' ? named('act.fields', values['rule']) : '…',
        refund: refund(view),
      });
    case 'recommend-rejection':
    case 'escalate':
    case 'hold':
    case 'resume':
    case 'reassign':
    case 'hand-over':
      return t(`preview.${action}`);
    default:
      return undefined;
  }
}
