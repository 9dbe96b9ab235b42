import type { Hearing } from '../api/hooks';
import { useWords } from '../words';

const CLASS = { live: 'live', opening: 'live opening', lost: 'live off' } as const;

/** Whether what is shown changes by itself. */
export function Live({ hearing }: { readonly hearing: Hearing }) {
  const { t } = useWords();
  return (
    <span className={CLASS[hearing]} role="status">
      {hearing === 'live' ? t('live.on') : hearing === 'opening' ? t('live.opening') : t('live.off')}
    </span>
  );
}
