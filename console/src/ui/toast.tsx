import { useEffect, useSyncExternalStore } from 'react';

const STAYS = 4_000;

let current: { readonly text: string; readonly at: number } | undefined;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Says something in passing; read out, and gone after a while. */
export function tell(text: string | undefined): void {
  current = text === undefined ? undefined : { text, at: Date.now() };
  for (const listener of listeners) listener();
}

export function Toast() {
  const shown = useSyncExternalStore(subscribe, () => current);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => tell(undefined), STAYS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div className="toast" role="status" aria-live="polite">
      {shown && <p key={shown.at}>{shown.text}</p>}
    </div>
  );
}
