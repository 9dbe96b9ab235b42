import { useEffect, useRef, type RefObject } from 'react';
import { caseBefore } from '../router';
import { useKeys } from './keys';

/**
 * Walks along the cases of a list (`a[data-case]`) by j and k or the arrows, and opens one by Enter. Whoever comes back to the
 * list stands where they left it.
 */
export function useRowKeys(box: RefObject<HTMLElement | null>, shown: boolean): void {
  const at = useRef(0);
  const rows = (): HTMLAnchorElement[] => [...(box.current?.querySelectorAll<HTMLAnchorElement>('a[data-case]') ?? [])];
  const here = (all: readonly HTMLAnchorElement[]): number =>
    all.findIndex((row) => row.closest('li, tr')?.contains(document.activeElement));
  const step = (by: number) => (): void => {
    const all = rows();
    const now = here(all);
    at.current = Math.max(0, Math.min(all.length - 1, now < 0 ? at.current : now + by));
    all[at.current]?.focus();
  };
  const open = (): void => {
    const all = rows();
    const now = here(all);
    all[now < 0 ? at.current : now]?.click();
  };
  useKeys({
    j: step(1),
    ArrowDown: step(1),
    k: step(-1),
    ArrowUp: step(-1),
    Enter: open,
  });
  useEffect(() => {
    // Whoever is at something else on the page, such as a tab, stays there.
    const { activeElement } = document;
    if (!shown || (activeElement !== document.body && activeElement?.id !== 'content')) return;
    const all = rows();
    const before = all.findIndex(({ dataset }) => dataset['case'] === caseBefore());
    if (before < 0) return;
    at.current = before;
    all[before]?.focus();
  }, [shown]);
}
