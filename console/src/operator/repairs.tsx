import { useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { calledBy } from '../colleagues';
import { useLoad, useChanges } from '../api/hooks';
import { eventsOf } from '../case/case-stream';
import { session } from '../session';
import { Empty, Shown } from '../ui/state';
import { useWords } from '../words';
import { DecideRepair } from './decide-repair';
import { since, type ProposedRepair } from './parts';
import { CaseName, Head, useTitle } from './pieces';

/** A proposed repair to be decided, with what has happened in its case. */
function Deciding({
  repair: { caseId, version },
  action,
  reload,
  onClose,
}: {
  readonly repair: ProposedRepair;
  readonly action: 'confirm-repair' | 'decline-repair';
  readonly reload: () => void;
  readonly onClose: () => void;
}) {
  const events = useLoad(`events/${caseId}/${version}`, (signal) => eventsOf(caseId, signal));
  return (
    <DecideRepair
      id={caseId}
      version={version}
      action={action}
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
  const live = useChanges(repairs.reload);
  const [deciding, setDeciding] = useState<
    { readonly caseId: string; readonly action: 'confirm-repair' | 'decline-repair' } | undefined
  >();
  useTitle(t('ops.tabs.repairs'));
  const chosen = repairs.data?.items.find(({ caseId }) => caseId === deciding?.caseId);
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
                      <Button
                        className="button good"
                        onPress={() => setDeciding({ caseId: repair.caseId, action: 'confirm-repair' })}
                      >
                        {t('ops.repair.agree')}
                      </Button>
                    )}
                    <Button
                      className="button grave"
                      onPress={() => setDeciding({ caseId: repair.caseId, action: 'decline-repair' })}
                    >
                      {t('ops.repair.decline')}
                    </Button>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      {deciding && chosen && (
        <Deciding
          repair={chosen}
          action={deciding.action}
          reload={repairs.reload}
          onClose={() => setDeciding(undefined)}
        />
      )}
    </>
  );
}
