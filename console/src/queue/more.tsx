import { Button } from 'react-aria-components';
import { number } from '../format';
import { useWords } from '../words';

/** How much of a list is shown, and the rest of it: nothing is left out without being said. */
export function More({
  shown,
  of,
  next,
  loading,
  onMore,
}: {
  readonly shown: number;
  /** How many there are, where that is known. */
  readonly of?: number | undefined;
  readonly next: string | null;
  readonly loading: boolean;
  readonly onMore: () => void;
}) {
  const { t } = useWords();
  if (next === null) return null;
  return (
    <p className="more">
      <span className="muted">
        {of === undefined || of < shown
          ? t('queue.shownSome', { n: number(shown) })
          : t('queue.shownOf', { n: number(shown), all: number(of) })}
      </span>
      <Button className="button" isDisabled={loading} onPress={onMore}>
        {t('queue.more')}
      </Button>
    </p>
  );
}
