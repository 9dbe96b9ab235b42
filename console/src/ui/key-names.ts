/** What of a keyboard event says which key it was. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  /** Held down: the key says itself again and again. */
  readonly repeat: boolean;
}

/** Held down, these go on and on; any other key is meant once. */
const WALKING: ReadonlySet<string> = new Set(['j', 'k', 'ArrowDown', 'ArrowUp']);

function nameOf({ key, code, shiftKey }: Pressed): string {
  if (key === '?' || key === '؟') return '?';
  if (/^[a-z0-9]$/i.test(key)) return key.toLowerCase();
  const place = /^(Key|Digit)(.)$/.exec(code);
  return !place || (place[1] === 'Digit' && shiftKey) ? key : (place[2] ?? key).toLowerCase();
}

/**
 * The key as it is printed where that is a Latin letter or a digit, wherever it lies; under a layout that has other letters or digits
 * there, such as an Arabic one, by its place on the board. undefined for what is only held down. `?` stands for itself.
 */
export function keyOf(pressed: Pressed): string | undefined {
  const name = nameOf(pressed);
  return pressed.repeat && !WALKING.has(name) ? undefined : name;
}

/** A single letter, digit or sign; the arrows, Enter and what is pressed with Ctrl are none. */
export const isLetter = (name: string): boolean => name.length === 1 && !/[↓↑]/.test(name);

/** What an Arabic board has on the keys that mean something here. */
export const ARABIC_CAPS: Readonly<Record<string, string>> = { c: 'ؤ', g: 'ل', j: 'ت', k: 'ن', l: 'م', n: 'ى' };
