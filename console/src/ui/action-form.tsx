import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

/** Ctrl and Enter, in any field, press the button that sends, where it can be pressed. */
function sendByKeys(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLButtonElement) return;
  event.preventDefault();
  const button = event.currentTarget.querySelector<HTMLButtonElement>('[type=submit]');
  if (button && !button.disabled) event.currentTarget.requestSubmit(button);
}

/**
 * What an action asks for. When something went wrong it takes the focus: the button that was pressed may be pressed no more, and
 * without the focus in it a sheet hears no Escape.
 */
export function ActionForm({
  trouble,
  submit,
  children,
}: {
  readonly trouble: unknown;
  readonly submit: () => Promise<void>;
  readonly children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (trouble) form.current?.focus({ preventScroll: true });
  }, [trouble]);
  return (
    <form
      ref={form}
      tabIndex={-1}
      className="action-form"
      onKeyDown={sendByKeys}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
    </form>
  );
}
