import { usePreferences } from '../preferences';
import { ARABIC_CAPS } from './key-names';

/** A key as it looks: in Arabic with the letter beside it that an Arabic board has there. */
export function KeyCap({ name }: { readonly name: string }) {
  const { language } = usePreferences();
  const arabic = language === 'ar' ? ARABIC_CAPS[name] : undefined;
  return (
    <kbd>
      {name}
      {arabic && ` ${arabic}`}
    </kbd>
  );
}
