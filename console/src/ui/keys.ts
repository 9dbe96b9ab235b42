import { useEffect, useRef } from 'react';
import { preferences } from '../preferences';
import { isLetter, keyOf } from './key-names';

/** A box that is ticked takes no letters; of a choice among several the arrows are its own. */
const takes = (field: Element, key: string): boolean =>
  field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
    ? field.type === 'radio' && key.startsWith('Arrow')
    : /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName);

const typing = ({ target, key }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || takes(target, key) || target.closest('[role=dialog]') !== null);

/** Keys by what `keyOf` calls them. A key means one thing at a time: what the shell takes is not taken again by the page in it. */
export function useKeys(keys: Readonly<Record<string, () => void>>, active = true): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || typing(event)) return;
      const name = keyOf(event);
      const act = name === undefined ? undefined : latest.current[name];
      if (!act || name === undefined || (isLetter(name) && preferences().letterKeys === 'off')) return;
      if (name === 'Enter' && event.target instanceof HTMLElement && /^(A|BUTTON)$/.test(event.target.tagName)) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [active]);
}
