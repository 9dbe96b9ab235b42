import { Button } from 'react-aria-components';
import { useNow } from './api/hooks';
import { time } from './format';
import { signIn, useSession } from './session';
import { tell } from './ui/toast';
import { useWords } from './words';

/** Milliseconds before its end that a session which cannot be renewed says so. */
const WARNED = 120_000;
const LOOK = 5_000;

/** A session that will end, said in time: whoever signs in again comes back to this very place. */
export function Ending() {
  const { t } = useWords();
  const now = useNow(LOOK);
  const session = useSession();
  if (!session || session.refresh !== undefined || session.until - now > WARNED) return null;
  return (
    <div className="offline ending" role="alert">
      <p>{t('signIn.ending', { at: time(new Date(session.until).toISOString()) })}</p>
      <Button className="button small" onPress={() => void signIn().catch(() => tell(t('signIn.failed')))}>
        {t('signIn.again')}
      </Button>
    </div>
  );
}
