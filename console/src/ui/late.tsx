import { createElement, useEffect, useState, type ComponentType } from 'react';
import { Unreachable } from '../api/client';
import { Failed, Skeleton } from './state';

/** Whether the server has another version of the console than this one, whose parts may be gone. */
async function replaced(): Promise<boolean> {
  const here = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src.split('/').at(-1);
  const response = await fetch('/console/', { cache: 'no-store' });
  return here !== undefined && response.ok && !(await response.text()).includes(here);
}

/**
 * A page whose code is read when it is opened, or ahead of that. When it cannot be read it says so and tries again; when it is
 * not there any more, because a new version is, the new version is opened.
 */
export function late<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> & { readonly ahead: () => void } {
  let made: ComponentType<P> | undefined;
  const read = async (): Promise<void> => {
    made ??= await load();
  };
  function Late(props: P) {
    const [failed, setFailed] = useState(false);
    const [turn, setTurn] = useState(0);
    useEffect(() => {
      if (made) return;
      let here = true;
      read().then(
        () => here && setTurn(turn + 1),
        () => {
          if (here) setFailed(true);
          replaced().then(
            (gone) => gone && here && location.reload(),
            () => undefined,
          );
        },
      );
      return () => {
        here = false;
      };
    }, [turn]);
    useEffect(() => {
      if (!failed) return;
      window.addEventListener('online', again);
      return () => window.removeEventListener('online', again);
    }, [failed]);
    const again = (): void => {
      setFailed(false);
      setTurn((count) => count + 1);
    };
    if (made) return createElement(made, props);
    return failed ? <Failed error={new Unreachable()} again={again} /> : <Skeleton rows={10} />;
  }
  return Object.assign(Late, { ahead: () => void read().catch(() => undefined) });
}
