import { useEffect } from 'react';
import { get } from '../api/client';
import { useLoad } from '../api/hooks';
import { calledBy } from '../colleagues';
import { moment, number } from '../format';
import { Link } from '../ui/link';
import { Empty, Shown } from '../ui/state';
import { named, useWords } from '../words';
import { causeOf, rateText, type RetryRow } from './parts';
import { Head, useTitle } from './pieces';
import { ProgressBar, RunStateMark, settledOf, totalOf } from './progress';

const LOOK_AGAIN = 2_000;

/** What it was about: a cause, or cases by name. */
export function aboutOf({ scope }: Pick<RetryRow, 'scope'>): string {
  const { source, code, step, office } = scope as Record<string, string | undefined>;
  const parts = [
    source && code ? causeOf({ source, code }) : source ? named('ops.sources', source) : code,
    step,
    office && named('offices', office),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Retries of many, the newest first. */
export function RetriesPage() {
  const { t } = useWords();
  const retries = useLoad('retries', (signal) => get('/v1/ops/retries', { signal }));
  useTitle(t('ops.tabs.retries'));
  const open = retries.data?.items.some(({ endedAt }) => endedAt === null) ?? false;
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(retries.reload, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [open, retries.reload]);
  return (
    <>
      <Head title={t('ops.tabs.retries')} />
      <div className="list" aria-busy={retries.loading && !retries.data}>
        <Shown loaded={retries}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('ops.retry.none')}>
                <p>{t('ops.retry.noneText')}</p>
              </Empty>
            ) : (
              <ul className="rows retries" aria-label={t('ops.retry.list')}>
                {items.map((retry) => (
                  <li key={retry.id}>
                    <Link to={`/ops/retries/${retry.id}`} className="row">
                      <span className="row-what">
                        <b>{aboutOf(retry) || t('ops.retry.title')}</b>
                        <span className="muted">
                          <bdi>{calledBy(retry.actor.id, undefined)}</bdi> · {moment(retry.createdAt)}
                        </span>
                      </span>
                      <RunStateMark retry={retry} />
                      <ProgressBar retry={retry} label={t('ops.retry.progress')} />
                      <span className="row-settled">
                        {t('ops.retry.settled', { done: number(settledOf(retry)), all: number(totalOf(retry)) })} ·{' '}
                        {t('ops.retry.rateIs', { n: rateText(retry.perSecond) })}
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      </div>
    </>
  );
}
