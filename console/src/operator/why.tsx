import { useState } from 'react';
import { Button } from 'react-aria-components';
import { get, Refused, type Case } from '../api/client';
import { useLoad } from '../api/hooks';
import { eventsOf, useCaseStream } from '../case/case-stream';
import { calledBy } from '../colleagues';
import { inDigits, moment, number, shortId } from '../format';
import { Status } from '../queue/rows';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Empty, Shown } from '../ui/state';
import { named, useWords } from '../words';
import { AuditPanel } from './audit';
import { LedgerPanel } from './ledgers';
import { causeOf, since, type CaseEvent, type Explained } from './parts';
import { RemedyText, useTitle } from './pieces';
import { RepairPanel } from './repair';
import { ResetPanel } from './reset';
import { Restart } from './restart';
import { RetrySheet } from './retry-sheet';

const LAST = 12;

interface Seen {
  readonly explained: Explained;
  readonly view: Case;
  readonly events: readonly CaseEvent[];
}

/** How the wait has gone silent, where the watch says that it has. */
function StallPanel({ explained: { stalls } }: Seen) {
  const { t, said } = useWords();
  if (stalls.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('ops.tabs.stalls')}</h2>
      {stalls.map(({ what, text, detail, since: from, remedy }) => (
        <div key={what}>
          <p>
            <b>{said(text)}</b> · {t('ops.stalls.since')} {since(from)}
          </p>
          <p className="incident-said">
            <bdi>{said(detail)}</bdi>
          </p>
          <p className="remedy">
            <b>{t('ops.stalls.remedy')}:</b> {said(remedy)}
          </p>
        </div>
      ))}
    </section>
  );
}

function CausePanel({ explained, view }: Seen) {
  const { t, said } = useWords();
  const [retrying, setRetrying] = useState(false);
  const { incident, stepText, remedy, id } = explained;
  if (!incident)
    return (
      <section className="panel">
        <h2>{t('ops.why.noIncident')}</h2>
        {view.waitingFor ? (
          <dl className="facts-row">
            <div>
              <dt>{t('case.waitsFor')}</dt>
              <dd>{said(view.waitingFor.texts.what)}</dd>
            </div>
            <div>
              <dt>{t('ops.why.who')}</dt>
              <dd>{said(view.waitingFor.texts.who)}</dd>
            </div>
            <div>
              <dt>{t('ops.why.until')}</dt>
              <dd>{moment(view.waitingFor.until)}</dd>
            </div>
            <div>
              <dt>{t('ops.why.otherwise')}</dt>
              <dd>{said(view.waitingFor.texts.otherwise)}</dd>
            </div>
          </dl>
        ) : (
          <p className="muted">{t('ops.why.closed')}</p>
        )}
      </section>
    );
  return (
    <section className={`incident-group lone ${incident.kind}`}>
      <div className="incident-head">
        <h2>{causeOf(incident)}</h2>
        <span className={`kind ${incident.kind}`}>{named('ops.kinds', incident.kind)}</span>
      </div>
      <dl className="facts-row">
        <div>
          <dt>{t('ops.why.step')}</dt>
          <dd>{stepText ? said(stepText) : incident.step}</dd>
        </div>
        <div>
          <dt>{t('ops.why.first')}</dt>
          <dd>{since(incident.since)}</dd>
        </div>
        <div>
          <dt>{t('ops.why.last')}</dt>
          <dd>{since(incident.last)}</dd>
        </div>
        <div>
          <dt>{t('ops.why.tries')}</dt>
          <dd>{number(incident.attempts)}</dd>
        </div>
      </dl>
      <p className="incident-said">
        {t('ops.incidents.said')}: <bdi dir="ltr">{incident.message}</bdi>
      </p>
      {remedy && <RemedyText remedy={remedy} />}
      <p className="incident-do">
        <Button
          className={remedy?.action === 'retry' ? 'button primary' : 'button'}
          isDisabled={incident.retrying}
          onPress={() => setRetrying(true)}
        >
          {incident.retrying ? t('ops.group.retrying') : t('ops.why.retryThis')}
        </Button>
      </p>
      {retrying && <RetrySheet cases={[id]} onClose={() => setRetrying(false)} />}
    </section>
  );
}

function EffectsPanel({ explained: { effects } }: Seen) {
  const { t, said } = useWords();
  return (
    <section className="panel">
      <h2>{t('ops.why.effects')}</h2>
      {effects.length === 0 ? (
        <p className="muted">{t('ops.why.noEffects')}</p>
      ) : (
        <table className="numbers effects">
          <tbody>
            {effects.map(({ key, kind, what, at, undoneBy }) => (
              <tr key={key} className={undoneBy === undefined ? undefined : 'undone'}>
                <th scope="row">
                  <span className="chip">{named('ops.effectKinds', kind)}</span>
                </th>
                <td>
                  {said(what)}
                  <bdi dir="ltr" className="number under">
                    {key.slice(key.indexOf('/') + 1)}
                  </bdi>
                </td>
                <td>
                  <time dateTime={at}>{since(at)}</time>
                </td>
                <td>
                  {undoneBy === undefined
                    ? t('ops.why.stands')
                    : t('ops.why.undone', { version: inDigits(String(undoneBy)) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function EnginePanel({ explained, view, reload }: Seen & { readonly reload: () => void }) {
  const { t } = useWords();
  const { engine: seen, policyVersion, version, office, id } = explained;
  const engine = seen === 'silent' ? null : seen;
  return (
    <section className="panel">
      <h2>{t('ops.why.engine')}</h2>
      <dl className="facts-list">
        <div>
          <dt>{t('ops.why.number')}</dt>
          <dd>
            <bdi dir="ltr" className="mono">
              {id}
            </bdi>
          </dd>
        </div>
        <div>
          <dt>{t('ops.why.workflow')}</dt>
          <dd>
            {engine ? (
              <bdi>{named('ops.why.runStates', engine.status)}</bdi>
            ) : (
              t(seen === 'silent' ? 'ops.why.silentEngine' : 'ops.why.unknownRun')
            )}
          </dd>
        </div>
        {engine && (
          <>
            <div>
              <dt>{t('ops.why.history')}</dt>
              <dd>{number(engine.events)}</dd>
            </div>
            <div>
              <dt>{t('ops.why.code')}</dt>
              <dd>
                {engine.workerVersion === 'unversioned' ? t('ops.why.unversioned') : <bdi>{engine.workerVersion}</bdi>}
              </dd>
            </div>
          </>
        )}
        <div>
          <dt>{t('ops.why.policy')}</dt>
          <dd>
            <bdi>{policyVersion}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('ops.why.version')}</dt>
          <dd>{inDigits(String(version))}</dd>
        </div>
        <div>
          <dt>{t('ops.why.office')}</dt>
          <dd>{named('offices', office)}</dd>
        </div>
      </dl>
      {(view.closedAt === undefined || explained.incident !== null) && <Restart id={id} done={reload} />}
    </section>
  );
}

function LogPanel({ events }: Seen) {
  const { t, said } = useWords();
  const [all, setAll] = useState(false);
  const shown = [...(all ? events : events.slice(-LAST))].reverse();
  return (
    <section className="panel">
      <h2>{t('ops.why.log')}</h2>
      <ol className="log">
        {shown.map((event) => (
          <li key={event.version}>
            <span className="number">{inDigits(String(event.version))}</span>
            <div>
              <b>{said(event.text)}</b>
              <small>
                <time dateTime={event.at} title={moment(event.at)}>
                  {since(event.at)}
                </time>
                {' · '}
                {named('roles', event.actor.role)}
                {event.actor.id !== undefined && event.actor.role !== 'system' && event.actor.role !== 'outside' && (
                  <>
                    {' '}
                    <bdi>
                      {event.actor.role === 'portal'
                        ? named('channels', event.actor.id)
                        : calledBy(event.actor.id, event.actor.name)}
                    </bdi>
                  </>
                )}
                {' · '}
                <bdi dir="ltr">{event.type}</bdi>
              </small>
            </div>
          </li>
        ))}
      </ol>
      {events.length > LAST && (
        <Button className="button quiet small" onPress={() => setAll(!all)}>
          {all ? t('ops.why.showLess') : t('ops.why.showAll', { n: number(events.length) })}
        </Button>
      )}
    </section>
  );
}

/** A case's technical side: why it stands, what it has made, and what gets it going. */
export function WhyPage({ id }: { readonly id: string }) {
  const { t, said } = useWords();
  const seen = useLoad<Seen>(`why/${id}`, async (signal) => {
    const [explained, view, events] = await Promise.all([
      get('/v1/ops/cases/{id}', { params: { id }, signal }),
      get('/v1/cases/{id}', { params: { id }, signal }),
      eventsOf(id, signal),
    ]);
    return { explained, view, events };
  });
  const { live } = useCaseStream(id, seen);
  useTitle(shortId(id));
  if (seen.error instanceof Refused && seen.error.status === 404) return <Empty title={t('ops.why.gone')} />;
  return (
    <>
      <Link to="/ops" className="back">
        <Icon name="back" turns />
        {t('ops.why.back')}
      </Link>
      <Shown loaded={seen} rows={12}>
        {(data) => (
          <>
            <header className="page-head">
              <h1>{said(data.view.texts.type)}</h1>
              <bdi className="number">{shortId(id)}</bdi>
              <Status status={data.view.status} text={said(data.view.texts.status)} />
              <span className={live || data.view.closedAt ? 'live' : 'live off'} role="status">
                {data.view.closedAt ? '' : live ? t('live.on') : t('live.off')}
              </span>
              <div className="page-tools">
                <Link className="button" to={`/cases/${id}`}>
                  {t('ops.why.openCase')}
                </Link>
              </div>
            </header>
            <div className="why-body">
              <div className="why-main">
                <CausePanel {...data} />
                <StallPanel {...data} />
                <EffectsPanel {...data} />
                <RepairPanel {...data} reload={seen.reload} />
                <ResetPanel {...data} reload={seen.reload} />
              </div>
              <aside className="why-side">
                <EnginePanel {...data} reload={seen.reload} />
                <LedgerPanel id={id} />
                <AuditPanel id={id} />
                <LogPanel {...data} />
              </aside>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
