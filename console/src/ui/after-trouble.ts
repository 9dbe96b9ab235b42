import { useEffect, useRef, type RefObject } from 'react';

/** The form that takes the focus when something went wrong: the button that was pressed may be pressed no more, and without the focus in it a sheet hears no Escape. */
export function useFocusAfter(trouble: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (trouble) form.current?.focus({ preventScroll: true });
  }, [trouble]);
  return form;
}
