import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { get, Refused } from '../api/client';
import { calledBy } from '../colleagues';
import { useLoad } from '../api/hooks';
import { inDigits, moment, number, shortId } from '../format';
import { setQuery, usePlace } from '../router';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Empty, Shown } from '../ui/state';
import { named, said, useWords } from '../words';
import { caseCount, causeOf, post, rateText, since, type ItemState, type Retry, type RetryItem } from './parts';
import { Head, useTitle } from './pieces';
import { ProgressBar, RunStateMark, runStateOf, settledOf, STATES, stuckOf, totalOf } from './progress';
import { aboutOf } from './retries';
import { ReasonSheet } from './reason-sheet';

const LOOK_AGAIN = 1_000;

/** The record says it for machines too; what is known of it stands in words, the rest as it is. */
function Detail({ item: { state, detail, source, code } }: { readonly item: RetryItem }) {
  const { t } = useWords();
  if (state === 'waiting') return <span className="muted">{causeOf({ source, code })}</span>;
  const version = /at version (\d+)$/.exec(detail?.en ?? '')?.[1];
  if (state === 'moved' && version !== undefined) return <>{t('ops.retry.movedAt', { version: inDigits(version) })}</>;
  const again = /: ([\w-]+) answers ([\w.:-]+)$/.exec(detail?.en ?? '');
  if (state === 'failed-again' && again) return <>{causeOf({ source: again[1] ?? '', code: again[2] ?? '' })}</>;
  return <>{detail ? said(detail) : ''}</>;
}

async function itemsOf(id: string, state: ItemState | undefined, pages: number, signal: AbortSignal) {
  const items: RetryItem[] = [];
  let next: string | null = null;
  for (let page = 0; page < pages && (page === 0 || next !== null); page++) {
    const more: { items: RetryItem[]; next: string | null } = await get('/v1/ops/retries/{id}/items', {
      params: { id },
      query: { ...(state ? { state } : {}), ...(next === null ? {} : { after: next }) },
      signal,
    });
    items.push(...more.items);
    next = more.next;
  }
  return { items, next };
}

function Items({ id, retry, turn }: { readonly id: string; readonly retry: Retry; readonly turn: number }) {
  const { t } = useWords();
  const { query } = usePlace();
  const state = STATES.find((each) => each === query.get('state'));
  const [pages, setPages] = useState(1);
  const items = useLoad(`items/${id}/${state ?? ''}/${pages}`, (signal) => itemsOf(id, state, pages, signal));
  useEffect(() => {
    if (turn > 0) items.reload();
  }, [turn, items.reload]);
  const choose = (next: string | undefined): void => {
    setPages(1);
    setQuery('state', next);
  };
  return (
    <section className="panel">
      <h2>{t('ops.retry.results')}</h2>
      <nav className="tabs" aria-label={t('ops.retry.results')}>
        <button
          type="button"
          className="tab"
          aria-current={state ? undefined : 'true'}
          onClick={() => choose(undefined)}
        >
          {t('ops.all')} <b>{number(totalOf(retry))}</b>
        </button>
        {STATES.filter((each) => (retry.counts[each] ?? 0) > 0 || each === state).map((each) => (
          <button
            key={each}
            type="button"
            className="tab"
            aria-current={each === state ? 'true' : undefined}
            onClick={() => choose(each)}
          >
            {named('ops.states', each)} <b>{number(retry.counts[each] ?? 0)}</b>
          </button>
        ))}
      </nav>
      <Shown loaded={items}>
        {({ items: shown, next }) =>
          shown.length === 0 ? (
            <Empty title={t('ops.retry.noItems')} />
          ) : (
            <>
              <table className="numbers results">
                <thead>
                  <tr>
                    <th scope="col">{t('ops.group.case')}</th>
                    <th scope="col">{t('ops.retry.result')}</th>
                    <th scope="col">{t('ops.retry.detail')}</th>
                    <th scope="col">{t('ops.retry.at')}</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((item) => (
                    <tr key={item.caseId}>
                      <th scope="row">
                        <Link to={`/ops/cases/${item.caseId}`}>
                          <bdi className="number">{shortId(item.caseId)}</bdi>
                        </Link>
                      </th>
                      <td>
                        <span className={`result ${item.state}`}>{named('ops.states', item.state)}</span>
                      </td>
                      <td>
                        <Detail item={item} />
                      </td>
                      <td>{item.endedAt ? since(item.endedAt) : item.askedAt ? since(item.askedAt) : ''}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {next !== null && (
                <Button className="button more" onPress={() => setPages(pages + 1)}>
                  {t('ops.more')}
                </Button>
              )}
            </>
          )
        }
      </Shown>
    </section>
  );
}

/** One retry as it goes: it runs without this page, which can be left, read again and come back to. */
export function RetryPage({ id }: { readonly id: string }) {
  const { t } = useWords();
  const retry = useLoad(`retry/${id}`, (signal) => get('/v1/ops/retries/{id}', { params: { id }, signal }));
  const [turn, setTurn] = useState(0);
  const [steering, setSteering] = useState<'stop' | 'resume' | 'cancel' | undefined>();
  useTitle(t('ops.retry.title'));
  const { data } = retry;
  const going = data !== undefined && data.endedAt === null;
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => {
      retry.reload();
      setTurn((before) => before + 1);
    }, LOOK_AGAIN);
    return () => {
      clearInterval(timer);
      // What ended with the last look is in the results too.
      setTurn((before) => before + 1);
    };
  }, [going, retry.reload]);

  if (retry.error instanceof Refused && retry.error.status === 404) return <Empty title={t('ops.retry.gone')} />;
  return (
    <>
      <Link to="/ops/retries" className="back">
        <Icon name="back" turns />
        {t('ops.tabs.retries')}
      </Link>
      <Shown loaded={retry}>
        {(shown) => {
          const state = runStateOf(shown);
          const stuck = stuckOf(shown);
          return (
            <>
              <Head title={aboutOf(shown) || t('ops.retry.title')}>
                <RunStateMark retry={shown} />
                {state !== 'over' && !shown.acts.some(({ what }) => what === 'cancelled') && (
                  <>
                    <Button
                      className={state === 'running' ? 'button grave' : 'button primary'}
                      onPress={() => setSteering(state === 'running' ? 'stop' : 'resume')}
                    >
                      {state === 'running' ? t('ops.retry.stop') : t('ops.retry.resume')}
                    </Button>
                    <Button className="button" onPress={() => setSteering('cancel')}>
                      {t('ops.retry.cancel')}
                    </Button>
                  </>
                )}
              </Head>
              {steering && (
                <ReasonSheet
                  draft={`${id}/${steering}`}
                  title={t(`ops.retry.${steering}`)}
                  text={t(`ops.retry.steering.${steering}`)}
                  grave={steering !== 'resume'}
                  work={async (reason) => {
                    await post(`/v1/ops/retries/${id}/${steering}`, { reason }).finally(retry.reload);
                  }}
                  onClose={() => setSteering(undefined)}
                />
              )}
              <section className="panel retry-state">
                <p className="retry-settled" role="status">
                  {t('ops.retry.settled', { done: number(settledOf(shown)), all: number(totalOf(shown)) })}
                </p>
                <ProgressBar retry={shown} label={t('ops.retry.progress')} />
                <p className={state === 'over' && stuck > 0 ? 'retry-note bad' : 'retry-note'}>
                  {state === 'running' && t('ops.retry.survives')}
                  {state === 'stopped' && t('ops.retry.untouched')}
                  {state === 'over' &&
                    (stuck > 0 ? t('ops.retry.partly', { cases: caseCount(stuck) }) : t('ops.retry.whole'))}
                </p>
                <dl className="facts-row">
                  <div>
                    <dt>{t('ops.retry.by')}</dt>
                    <dd>
                      <bdi>{calledBy(shown.actor.id, undefined)}</bdi>
                    </dd>
                  </div>
                  <div>
                    <dt>{t('act.reason')}</dt>
                    <dd dir="auto">{shown.reason ?? ''}</dd>
                  </div>
                  <div>
                    <dt>{t('ops.retry.rate')}</dt>
                    <dd>{t('ops.retry.rateIs', { n: rateText(shown.perSecond) })}</dd>
                  </div>
                  <div>
                    <dt>{t('ops.retry.history')}</dt>
                    <dd>
                      {shown.acts.map(({ what, at, actor }) => (
                        <span key={`${what}${at}`} className="act">
                          {named('ops.retry.acts', what)}{' '}
                          <time dateTime={at} title={moment(at)}>
                            {since(at)}
                          </time>
                          {actor.role !== 'system' && (
                            <>
                              {' '}
                              <bdi>{calledBy(actor.id, undefined)}</bdi>
                            </>
                          )}
                        </span>
                      ))}
                    </dd>
                  </div>
                </dl>
              </section>
              <Items id={id} retry={shown} turn={turn} />
            </>
          );
        }}
      </Shown>
    </>
  );
}
