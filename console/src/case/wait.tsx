import type { Case } from '../api/client';
import { duration, moment } from '../format';
import { causeOf } from '../operator/parts';
import { hasRole } from '../session';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { TimeLeft } from '../ui/time-left';
import { named, useWords } from '../words';

/** How much of the wait is over, from its beginning to its deadline. */
function share(since: string, until: string, now: number): number {
  const whole = Date.parse(until) - Date.parse(since);
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (now - Date.parse(since)) / whole));
}

type Clock = NonNullable<Case['review']>['clock'];

/** The review's own clock: working time, less the stops. The mark on it is where a warning goes out. */
function ReviewClock({ clock }: { readonly clock: Clock }) {
  const { t } = useWords();
  const { spentMs, budgetMs, warnAt, running, stops } = clock;
  const done = Math.min(1, spentMs / budgetMs);
  const late = done >= warnAt;
  return (
    <>
      <div className={late ? 'bar late' : 'bar'} aria-hidden="true">
        <i style={{ inlineSize: `${Math.round(done * 100)}%` }} />
        <b style={{ insetInlineStart: `${Math.round(warnAt * 100)}%` }} />
      </div>
      <p>
        {t('clock.spent', { spent: duration(spentMs), of: duration(budgetMs) })}
        {late && spentMs < budgetMs && ` · ${t('clock.warned')}`}
        {!running && ` · ${t('clock.stands')}`}
      </p>
      {stops.length > 0 && (
        <ul className="stops">
          {stops.map(({ from, to, why }) => (
            <li key={from}>
              {t(`clock.${why}`)}:{' '}
              {to === null
                ? t('case.since', { at: moment(from) })
                : t('clock.span', { from: moment(from), to: moment(to) })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** An operator's code says nothing to others: where it has no words, whose fault it is has to do. */
const saidOf = (incident: NonNullable<Case['incident']>): string =>
  named('ops.codes', incident.code) !== incident.code || incident.code.startsWith('http-')
    ? causeOf(incident)
    : named('ops.sources', incident.source);

/** What it waits for, who can end that, and what happens otherwise: one sentence and a clock. */
export function WaitPanel({
  view: { id, waitingFor, incident, refusedBy, closedAt, review },
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
  // Only while a review runs, or stands still for now, it has a clock to show.
  const clock = review?.clock.running || review?.clock.stops.at(-1)?.to === null ? review.clock : undefined;
  const why = clock && review ? review.why : [];
  return (
    <section className={incident ? 'wait incident' : 'wait'} aria-label={t('case.waitsFor')}>
      <div className="wait-what">
        <p className="wait-label">{who === 'tajdid' ? t('case.working') : t('case.waitsFor')}</p>
        <p className="wait-sentence">{said(texts.what)}</p>
        <p className="wait-since">
          {t('case.whoEnds')}: <b>{said(texts.who)}</b> · {t('case.since', { at: moment(since) })}
        </p>
        {why.length > 0 && (
          <p className="wait-why">
            {t('case.reviewWhy')}: <b>{why.map(({ text }) => said(text)).join(' · ')}</b>
          </p>
        )}
      </div>
      {who !== 'tajdid' && (
        <div className="wait-clock">
          <TimeLeft until={until} now={now} />
          {clock ? (
            <ReviewClock clock={clock} />
          ) : (
            <div className="bar" aria-hidden="true">
              <i style={{ inlineSize: `${Math.round(done * 100)}%` }} />
            </div>
          )}
          <p>{t('case.until', { at: moment(until) })}</p>
          <p>{t('case.otherwiseAt', { what: said(texts.otherwise) })}</p>
        </div>
      )}
      {incident && (
        <p className="wait-incident" role="alert">
          <Icon name="alert" /> <b>{t('case.incident')}</b> · {saidOf(incident)} · {t('case.incidentText')}
          {hasRole('operator') && <Link to={`/ops/cases/${id}`}>{t('case.incidentWhy')}</Link>}
        </p>
      )}
    </section>
  );
}
