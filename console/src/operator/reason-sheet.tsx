import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Unreachable } from '../api/client';
import { useDraft } from '../api/hooks';
import { tooShort } from '../reason';
import { ActionForm } from '../ui/action-form';
import { Sheet } from '../ui/dialog';
import { whyNot } from '../ui/state';
import { useWords } from '../words';
import { ReasonField } from './acting';

/** Asks for the reason that goes on record, and then does it. */
export function ReasonSheet({
  draft,
  title,
  text,
  submit: label = title,
  busyTitle = label,
  grave = false,
  wrong = false,
  children,
  work,
  onClose,
}: {
  /** What is typed is kept under this name until it is done. */
  readonly draft: string;
  readonly title: string;
  readonly text: string;
  /** What the button says; the title by default. */
  readonly submit?: string;
  readonly busyTitle?: string;
  readonly grave?: boolean;
  /** A field besides the reason is not filled in as it should be. */
  readonly wrong?: boolean;
  /** Fields besides the reason. */
  readonly children?: ReactNode;
  readonly work: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useDraft(draft);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const submit = async (): Promise<void> => {
    setTried(true);
    if (tooShort(reason) || wrong || busy) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      await work(reason.trim());
      setReason('');
      onClose();
    } catch (error) {
      setTrouble(error instanceof Unreachable ? t('act.offline') : whyNot(error, t('act.failed')));
      setBusy(false);
    }
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <ActionForm trouble={trouble} submit={submit}>
        <p className="muted">{text}</p>
        {children}
        <ReasonField id="sheet-reason" value={reason} wrong={tried && tooShort(reason)} onChange={setReason} />
        {trouble !== undefined && (
          <p className="conflict" role="alert">
            {trouble}
          </p>
        )}
        <footer className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" className={grave ? 'button grave' : 'button primary'} isDisabled={busy}>
            {busy ? busyTitle : label}
          </Button>
        </footer>
      </ActionForm>
    </Sheet>
  );
}
