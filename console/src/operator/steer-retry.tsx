import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Unreachable } from '../api/client';
import { useDraft } from '../api/hooks';
import { Sheet } from '../ui/dialog';
import { whyNot } from '../ui/state';
import { useWords } from '../words';
import { ReasonField, tooShort } from './acting';
import { post } from './parts';

export type Steering = 'stop' | 'resume' | 'cancel';

/** Stops, resumes or ends a retry, with the reason that goes on record. */
export function SteerRetry({
  id,
  how,
  reload,
  onClose,
}: {
  readonly id: string;
  readonly how: Steering;
  readonly reload: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useDraft(`${id}/${how}`);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const submit = async (): Promise<void> => {
    setTried(true);
    if (tooShort(reason) || busy) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      await post(`/v1/ops/retries/${id}/${how}`, { reason: reason.trim() });
      setReason('');
      reload();
      onClose();
    } catch (error) {
      setTrouble(error instanceof Unreachable ? t('act.offline') : whyNot(error, t('act.failed')));
      setBusy(false);
      reload();
    }
  };
  return (
    <Sheet title={t(`ops.retry.${how}`)} onClose={onClose}>
      <form
        className="action-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="muted">{t(`ops.retry.steering.${how}`)}</p>
        <ReasonField id="steer-reason" value={reason} wrong={tried && tooShort(reason)} onChange={setReason} />
        {trouble !== undefined && (
          <p className="conflict" role="alert">
            {trouble}
          </p>
        )}
        <footer className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" className={how === 'resume' ? 'button primary' : 'button grave'} isDisabled={busy}>
            {t(`ops.retry.${how}`)}
          </Button>
        </footer>
      </form>
    </Sheet>
  );
}
