import { useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { calledBy } from '../colleagues';
import { useLoad, useChanges } from '../api/hooks';
import { eventsOf } from '../case/case-stream';
import { session } from '../session';
import { Empty, Shown } from '../ui/state';
import { useWords } from '../words';
import { DecideRepair, type Deciding } from './decide-repair';
import { since, type ProposedRepair } from './parts';
import { CaseName, Head, useTitle } from './pieces';

/** A proposed repair to be decided, with what has happened in its case: read again when that changes, or when it waits no more. */
function DecideListed({
  deciding,
  waiting,
  reload,
  onClose,
}: {
  readonly deciding: Deciding;
  readonly waiting: ProposedRepair | undefined;
  readonly reload: () => void;
  readonly onClose: () => void;
}) {
  const { id, version } = deciding;
  const events = useLoad(`events/${id}`, (signal) => eventsOf(id, signal), waiting?.version);
  return (
    <DecideRepair
      deciding={deciding}
      now={waiting?.version ?? version}
      waiting={waiting}
      events={events.data ?? []}
      reload={reload}
      onClose={onClose}
    />
  );
}

/** Repairs that somebody proposed and somebody else has to agree to. */
export function RepairsPage() {
  const { t, said } = useWords();
  const me = session()?.staff.id;
  const repairs = useLoad('repairs', (signal) => get('/v1/ops/repairs', { signal }));
  const live = useChanges(repairs.reload, repairs.loading);
  const [deciding, setDeciding] = useState<Deciding | undefined>();
  const decide = (action: Deciding['action'], repair: ProposedRepair) => (): void =>
    setDeciding({ action, id: repair.caseId, version: repair.version, repair });
  useTitle(t('ops.tabs.repairs'));
  return (
    <>
      <Head title={t('ops.tabs.repairs')} live={live} />
      <Shown loaded={repairs}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('ops.repair.none')}>
              <p>{t('ops.repair.noneText')}</p>
            </Empty>
          ) : (
            <ul className="incident-groups" aria-label={t('ops.repair.list')}>
              {items.map((repair) => (
                <li key={repair.caseId} className="incident-group proposed-repair">
                  <h2>{said(repair.title)}</h2>
                  <p>
                    {t('ops.repair.from')} <bdi className="value">{repair.now ?? t('ops.repair.empty')}</bdi>{' '}
                    {t('ops.repair.to')} <bdi className="value">{repair.value}</bdi>
                  </p>
                  <p className="incident-facts">
                    <CaseName id={repair.caseId} type={repair.type} /> · {said(repair.texts.status)} ·{' '}
                    {t('ops.repair.by', { who: calledBy(repair.by, undefined), at: since(repair.at) })}
                  </p>
                  {repair.by === me && <p className="muted">{t('ops.repair.own')}</p>}
                  <p className="incident-do">
                    {repair.by !== me && (
                      <Button className="button good" onPress={decide('confirm-repair', repair)}>
                        {t('ops.repair.agree')}
                      </Button>
                    )}
                    <Button className="button grave" onPress={decide('decline-repair', repair)}>
                      {t('ops.repair.decline')}
                    </Button>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      {deciding && (
        <DecideListed
          deciding={deciding}
          waiting={repairs.data?.items.find(({ caseId }) => caseId === deciding.id)}
          reload={repairs.reload}
          onClose={() => setDeciding(undefined)}
        />
      )}
    </>
  );
}
