import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

/** Sends where the button that sends can be pressed; with Shift, and goes on to the next. */
function sendByKeys(event: KeyboardEvent<HTMLFormElement>, submit: (next: boolean) => void): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLButtonElement) return;
  event.preventDefault();
  const button = event.currentTarget.querySelector<HTMLButtonElement>('[type=submit]');
  if (!button || button.disabled) return;
  if (event.shiftKey) submit(true);
  else event.currentTarget.requestSubmit(button);
}

/** The first field that is said to be wrong; of a group of choices its first. */
const WRONG = '[data-invalid] input, input[aria-invalid=true], textarea[aria-invalid=true]';

/**
 * What an action asks for; Ctrl and Enter send it from anywhere in it. It takes the focus as its sheet opens, to hear them at once, and
 * when something went wrong: the button that was pressed may be pressed no more, and without the focus in it a sheet hears no Escape.
 * What was sent and lacks something leads to the field that lacks it.
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
  const [sent, setSent] = useState(0);
  const send = (next?: boolean): void => {
    void submit(next);
    setSent(sent + 1);
  };
  const focus = (): void => form.current?.focus({ preventScroll: true });
  useEffect(() => {
    if (form.current?.closest('[role=dialog]')) focus();
  }, []);
  useEffect(() => {
    if (trouble) focus();
  }, [trouble]);
  useEffect(() => {
    if (sent > 0) form.current?.querySelector<HTMLElement>(WRONG)?.focus();
  }, [sent]);
  return (
    <form
      ref={form}
      tabIndex={-1}
      className="action-form"
      // Before the fields hear it: a choice keeps Enter to itself.
      onKeyDownCapture={(event) => sendByKeys(event, send)}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {children}
    </form>
  );
}
