import { asChosen } from '../format';
import { usePreferences } from '../preferences';
import { ARABIC_CAPS, isLetter } from './key-names';

/** A key as it looks, where it does anything: in Arabic with the letter beside it that an Arabic board has there. */
export function KeyCap({ name }: { readonly name: string }) {
  const { language, letterKeys } = usePreferences();
  if (letterKeys === 'off' && isLetter(name)) return null;
  const arabic = language === 'ar' ? ARABIC_CAPS[name] : undefined;
  return (
    <kbd>
      {asChosen(name)}
      {arabic && ` ${arabic}`}
    </kbd>
  );
}
