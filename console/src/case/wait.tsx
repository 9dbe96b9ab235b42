import type { Case } from '../api/client';
import { moment } from '../format';
import { hasRole } from '../session';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { TimeLeft } from '../ui/time-left';
import { useWords } from '../words';

/** How much of the wait is over, from its beginning to its deadline. */
function share(since: string, until: string, now: number): number {
  const whole = Date.parse(until) - Date.parse(since);
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (now - Date.parse(since)) / whole));
}

/** What it waits for, who can end that, and what happens otherwise: one sentence and a clock. */
export function WaitPanel({
  view: { id, waitingFor, incident, refusedBy, closedAt },
  now,
}: {
  readonly view: Case;
  readonly now: number;
}) {
  const { t, said } = useWords();
  if (!waitingFor) {
    return (
      <section className="wait closed">
        <p>
          {t('case.done')} {closedAt && moment(closedAt)}
        </p>
        {refusedBy && (
          <>
            <h3>{t('case.refused')}</h3>
            <ul>
              {refusedBy.map(({ rule, text }) => (
                <li key={rule}>{said(text)}</li>
              ))}
            </ul>
          </>
        )}
      </section>
    );
  }
  const { since, until, who, texts } = waitingFor;
  const done = share(since, until, now);
  return (
    <section className={incident ? 'wait incident' : 'wait'} aria-label={t('case.waitsFor')}>
      <div className="wait-what">
        <p className="wait-label">{who === 'tajdid' ? t('case.working') : t('case.waitsFor')}</p>
        <p className="wait-sentence">{said(texts.what)}</p>
        <p className="wait-since">
          {t('case.whoEnds')}: <b>{said(texts.who)}</b> · {t('case.since', { at: moment(since) })}
        </p>
      </div>
      {who !== 'tajdid' && (
        <div className="wait-clock">
          <TimeLeft until={until} now={now} />
          <i className={done > 0.75 ? 'bar late' : 'bar'} aria-hidden="true">
            <i style={{ inlineSize: `${Math.round(done * 100)}%` }} />
          </i>
          <p>{t('case.until', { at: moment(until) })}</p>
          <p>{t('case.otherwiseAt', { what: said(texts.otherwise) })}</p>
        </div>
      )}
      {incident && (
        <p className="wait-incident" role="alert">
          <Icon name="alert" /> <b>{t('case.incident')}</b> <bdi>{incident.code}</bdi> · {t('case.incidentText')}
          {hasRole('operator') && <Link to={`/ops/cases/${id}`}>{t('case.incidentWhy')}</Link>}
        </p>
      )}
    </section>
  );
}
