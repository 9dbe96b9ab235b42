import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useDraft } from '../api/hooks';
import { RepairProposed, type Proposal } from '../case/repair-proposed';
import { tooShort } from '../reason';
import { ActionForm } from '../ui/action-form';
import { Sheet } from '../ui/dialog';
import { tell } from '../ui/toast';
import { useWords } from '../words';
import { ReasonField, Since, TroubleText, useActing, useSubmitLabel } from './acting';
import type { CaseEvent } from './parts';

/** A decision that somebody is asked for: about this repair, of the case as it was then. */
export interface Deciding {
  readonly action: 'confirm-repair' | 'decline-repair';
  readonly id: string;
  readonly version: number;
  readonly repair: Proposal;
}

/** The second person's word on a repair, with a reason. */
export function DecideRepair({
  deciding: { action, id, version, repair },
  now,
  waiting,
  events,
  reload,
  onClose,
}: {
  readonly deciding: Deciding;
  /** The version of the case by now. */
  readonly now: number;
  /** What waits to be decided by now; another than the one that was asked about, where that was decided by somebody else. */
  readonly waiting: Proposal | undefined;
  readonly events: readonly CaseEvent[];
  readonly reload: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useDraft(`${id}/${action}`);
  const [tried, setTried] = useState(false);
  const acting = useActing(id, now, reload, version);
  const gone = waiting?.at !== repair.at && !acting.busy;
  const agrees = action === 'confirm-repair';
  const title = agrees ? t('ops.repair.agree') : t('ops.repair.decline');
  const label = useSubmitLabel(acting, title);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (tooShort(reason) || gone || !(await acting.run(action, { reason: reason.trim() }))) return;
    setReason('');
    tell(agrees ? t('ops.repair.agreed') : t('ops.repair.declined'));
    onClose();
  };
  return (
    <Sheet title={title} onClose={onClose}>
      <ActionForm trouble={gone || acting.trouble} submit={submit}>
        <RepairProposed repair={repair} />
        <ReasonField id="decide-reason" value={reason} wrong={tried && tooShort(reason)} onChange={setReason} />
        {gone ? (
          <div className="conflict" role="alert">
            <h3>{t('ops.repair.gone')}</h3>
            <Since looked={acting.looked} events={events} />
          </div>
        ) : (
          <TroubleText acting={acting} events={events} />
        )}
        <footer className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" className={agrees ? 'button good' : 'button grave'} isDisabled={acting.busy || gone}>
            {label}
          </Button>
        </footer>
      </ActionForm>
    </Sheet>
  );
}
