import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

/** Sends where the button that sends can be pressed; with Shift, and goes on to the next. */
function sendByKeys(event: KeyboardEvent<HTMLFormElement>, submit: (next: boolean) => Promise<void>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLButtonElement) return;
  event.preventDefault();
  const button = event.currentTarget.querySelector<HTMLButtonElement>('[type=submit]');
  if (!button || button.disabled) return;
  if (event.shiftKey) void submit(true);
  else event.currentTarget.requestSubmit(button);
}

/**
 * What an action asks for; Ctrl and Enter send it from anywhere in it. It takes the focus as its sheet opens, to hear them at once, and
 * when something went wrong: the button that was pressed may be pressed no more, and without the focus in it a sheet hears no Escape.
 */
export function ActionForm({
  trouble,
  submit,
  children,
}: {
  readonly trouble?: unknown;
  /** @param next whether to go on to the next thing, where there is one */
  readonly submit: (next?: boolean) => Promise<void>;
  readonly children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const focus = (): void => form.current?.focus({ preventScroll: true });
  useEffect(() => {
    if (form.current?.closest('[role=dialog]')) focus();
  }, []);
  useEffect(() => {
    if (trouble) focus();
  }, [trouble]);
  return (
    <form
      ref={form}
      tabIndex={-1}
      className="action-form"
      onKeyDown={(event) => sendByKeys(event, submit)}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
    </form>
  );
}
