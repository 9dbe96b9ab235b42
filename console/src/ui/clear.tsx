import { Button } from 'react-aria-components';
import { useWords } from '../words';

/** Empties a form that is otherwise kept whichever way its sheet is closed. The button goes with what it clears: the form takes the focus. */
export function Clear({ when, onClear }: { readonly when: boolean; readonly onClear: () => void }) {
  const { t } = useWords();
  if (!when) return null;
  return (
    <Button
      className="button quiet"
      onPress={({ target }) => {
        target.closest('form')?.focus({ preventScroll: true });
        onClear();
      }}
    >
      {t('act.clear')}
    </Button>
  );
}
