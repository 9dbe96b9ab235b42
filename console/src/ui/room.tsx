import { number } from '../format';
import { useWords } from '../words';

/** How much of it is used before somebody is told. */
const NEARLY_FULL = 0.9;

/** What still fits into a field, once that is little: a browser cuts off what is pasted beyond it, and says nothing. */
export function Room({ text, most }: { readonly text: string; readonly most: number }) {
  const { t } = useWords();
  if (text.length < most * NEARLY_FULL) return null;
  const left = most - text.length;
  return (
    <small className="room" role="status">
      {left > 0 ? t('act.room', { n: number(left) }) : t('act.full', { n: number(most) })}
    </small>
  );
}
