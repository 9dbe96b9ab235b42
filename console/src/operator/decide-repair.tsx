import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useDraft } from '../api/hooks';
import { tooShort } from '../reason';
import { Sheet } from '../ui/dialog';
import { tell } from '../ui/toast';
import { useWords } from '../words';
import { ReasonField, TroubleText, useActing, useSubmitLabel } from './acting';
import type { CaseEvent } from './parts';

/** The second person's word on a repair, with a reason. */
export function DecideRepair({
  id,
  version,
  action,
  events,
  reload,
  onClose,
}: {
  readonly id: string;
  readonly version: number;
  readonly action: 'confirm-repair' | 'decline-repair';
  readonly events: readonly CaseEvent[];
  readonly reload: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useDraft(`${id}/${action}`);
  const [tried, setTried] = useState(false);
  const acting = useActing(id, version, reload);
  const agrees = action === 'confirm-repair';
  const title = agrees ? t('ops.repair.agree') : t('ops.repair.decline');
  const label = useSubmitLabel(acting, title);
  const submit = async (): Promise<void> => {
    setTried(true);
    acting.begin();
    if (tooShort(reason) || !(await acting.run(action, { reason: reason.trim() }))) return;
    setReason('');
    tell(agrees ? t('ops.repair.agreed') : t('ops.repair.declined'));
    onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        className="action-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ReasonField id="decide-reason" value={reason} wrong={tried && tooShort(reason)} onChange={setReason} />
        <TroubleText acting={acting} events={events} />
        <footer className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" className={agrees ? 'button good' : 'button grave'} isDisabled={acting.busy}>
            {label}
          </Button>
        </footer>
      </form>
    </Sheet>
  );
}
