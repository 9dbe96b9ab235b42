import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { get, type Statistics } from '../api/client';
import { useLoad } from '../api/hooks';
import { number } from '../format';
import { setQuery, usePlace } from '../router';
import { Choice, Segments } from '../ui/choice';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Empty, Failed, Skeleton } from '../ui/state';
import { named, useWords } from '../words';
import { Bars } from './bars';
import { download, filedCsv } from './csv';
import { PerDay } from './per-day';
import { hoursText, series, type Split } from './series';

const OFFICES = ['riyadh-1', 'jeddah-1', 'dammam-1'] as const;
const SPLITS: readonly Split[] = ['type', 'status', 'channel', 'office', 'beneficiary'];
const DAY = 86_400_000;
const RIYADH = 3 * 3_600_000;

const today = (): string => new Date(Date.now() + RIYADH).toISOString().slice(0, 10);
const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);

function Figures({ data }: { readonly data: Statistics }) {
  const { t } = useWords();
  const filed = data.filed.reduce((sum, { cases }) => sum + cases, 0);
  const open = data.open.reduce((sum, { cases }) => sum + cases, 0);
  const overdue = data.open.reduce((sum, each) => sum + each.overdue, 0);
  const { cases, medianHours, p90Hours } = data.timeToCard;
  const figures: [string, string, string | undefined][] = [
    [t('stats.filed'), number(filed), undefined],
    [t('stats.completed'), number(cases), undefined],
    [t('stats.median'), medianHours === null ? '–' : hoursText(medianHours), undefined],
    [t('stats.p90'), p90Hours === null ? '–' : hoursText(p90Hours), undefined],
    [t('stats.openNow'), number(open), overdue > 0 ? `${number(overdue)} ${t('stats.late')}` : undefined],
  ];
  return (
    <dl className="figures">
      {figures.map(([what, value, more]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {value} {more && <small>{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function StatisticsPage() {
  const { t, said } = useWords();
  const { query } = usePlace();
  const to = query.get('to') ?? today();
  const from = query.get('from') ?? daysBefore(to, 29);
  const office = OFFICES.find((each) => each === query.get('office'));
  const [split, setSplit] = useState<Split>('type');
  const stats = useLoad(`statistics/${from}/${to}/${office ?? ''}`, (signal) =>
    get('/v1/statistics', { query: { from, to, ...(office ? { office } : {}) }, signal }),
  );
  const { data } = stats;

  useEffect(() => {
    document.title = `${t('stats.title')} · ${t('app.name')}`;
  });

  return (
    <div className="page statistics">
      <header className="page-head">
        <h1>{t('stats.title')}</h1>
        <div className="page-tools">
          <label className="choice">
            <span>{t('stats.from')}</span>
            <input
              type="date"
              value={from}
              max={to}
              onChange={(event) => event.target.value && setQuery('from', event.target.value)}
            />
          </label>
          <label className="choice">
            <span>{t('stats.to')}</span>
            <input
              type="date"
              value={to}
              min={from}
              onChange={(event) => event.target.value && setQuery('to', event.target.value)}
            />
          </label>
          <Choice
            label={t('stats.office')}
            value={office ?? ''}
            onChange={(next) => setQuery('office', next)}
            options={[
              { value: '', label: t('stats.allOffices') },
              ...OFFICES.map((each) => ({ value: each, label: t(`offices.${each}`) })),
            ]}
          />
          <Link className="button" to="/statistics/statement">
            {t('stats.statement')}
          </Link>
          <Button
            className="button"
            isDisabled={!data}
            onPress={() => data && download(`tajdid-${from}-${to}.csv`, filedCsv(data))}
          >
            <Icon name="download" /> {t('stats.csv')}
          </Button>
        </div>
      </header>
      {data ? (
        <>
          <Figures data={data} />
          <section className="panel">
            <header className="panel-head">
              <h2>{t('stats.perDay')}</h2>
              <Segments
                label={t('stats.by')}
                value={split}
                onChange={setSplit}
                options={SPLITS.map((each) => ({ value: each, label: t(`stats.${each}`) }))}
              />
            </header>
            {data.filed.length === 0 ? <Empty title={t('stats.none')} /> : <PerDay days={series(data, split)} />}
          </section>
          <div className="half">
            <section className="panel">
              <h2>{t('stats.timeToCard')}</h2>
              <Bars
                caption={t('stats.timeToCard')}
                columns={[t('stats.timeToCard'), t('stats.cases')]}
                rows={data.timeToCard.buckets.map(({ upTo, cases }, n, all) => ({
                  label:
                    upTo === null
                      ? t('stats.over', { n: hoursText(all[n - 1]?.upTo ?? 0) })
                      : t('stats.under', { n: hoursText(upTo) }),
                  value: cases,
                  text: number(cases),
                }))}
              />
            </section>
            <section className="panel">
              <h2>{t('stats.waiting')}</h2>
              <Bars
                caption={t('stats.waiting')}
                columns={[t('queue.waits'), t('stats.waitHours')]}
                rows={data.waitsSpent.map(({ what, text, hours, waits, medianHours }) => ({
                  label: said(text) || what,
                  value: hours,
                  text: hoursText(hours),
                  more: `${t('stats.waits', { count: waits })} · ${t('stats.each')} ${hoursText(medianHours)}`,
                }))}
              />
            </section>
          </div>
          <section className="panel">
            <h2>{t('stats.openWaits')}</h2>
            <Bars
              caption={t('stats.openWaits')}
              columns={[t('queue.waits'), t('stats.cases')]}
              rows={data.open.map(({ who, text, cases, overdue }) => ({
                label: said(text),
                value: cases,
                text: number(cases),
                more: [named('roles', who ?? ''), overdue > 0 ? `${number(overdue)} ${t('stats.late')}` : '']
                  .filter(Boolean)
                  .join(' · '),
              }))}
            />
          </section>
        </>
      ) : stats.error === undefined ? (
        <Skeleton rows={10} />
      ) : (
        <Failed error={stats.error} again={stats.reload} />
      )}
    </div>
  );
}
