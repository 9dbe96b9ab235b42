import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { get, type Statistics } from '../api/client';
import { useLoad } from '../api/hooks';
import { number, today } from '../format';
import { OfficeChoice, officeNamed } from '../offices';
import { setQuery, usePlace } from '../router';
import { hasRole } from '../session';
import { Segments } from '../ui/choice';
import { DayField } from '../ui/date-picker';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Empty, Shown } from '../ui/state';
import { named, useWords } from '../words';
import { Bars } from './bars';
import { download, tables } from './csv';
import { PerDay } from './per-day';
import { countedText, hoursText, series, type Split } from './series';

const SPLITS: readonly Split[] = ['type', 'status', 'channel', 'office', 'beneficiary'];
const DAY = 86_400_000;

const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10);

/** A day as an address says it; anything else is none. */
const dayIn = (text: string | null): string | undefined =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;

function Figures({ data }: { readonly data: Statistics }) {
  const { t } = useWords();
  const filed = data.filed.reduce((sum, { cases }) => sum + cases, 0);
  const open = data.open.reduce((sum, { cases }) => sum + cases, 0);
  const overdue = data.open.reduce((sum, each) => sum + each.overdue, 0);
  const { medianHours, p90Hours } = data.timeToCard;
  const figures: [string, string, string | undefined][] = [
    [t('stats.filed'), number(filed), undefined],
    [t('stats.completed'), number(data.completed), undefined],
    [t('stats.median'), medianHours === null ? '–' : countedText(medianHours), undefined],
    [t('stats.p90'), p90Hours === null ? '–' : countedText(p90Hours), undefined],
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
  const to = dayIn(query.get('to')) ?? today();
  const from = dayIn(query.get('from')) ?? daysBefore(to, 29);
  const office = officeNamed(query.get('office'));
  const [split, setSplit] = useState<Split>('type');
  const stats = useLoad(`statistics/${from}/${to}/${office ?? ''}`, (signal) =>
    get('/v1/statistics', { query: { from, to, ...(office ? { office } : {}) }, signal }),
  );
  const csv = (table: keyof typeof tables, data: Statistics) => (
    <Button
      className="button quiet small"
      aria-label={`${t('stats.csv')}: ${t(`stats.tables.${table}`)}`}
      onPress={() => download(`tajdid-${table}-${from}-${to}.csv`, tables[table](data))}
    >
      <Icon name="download" /> CSV
    </Button>
  );

  useEffect(() => {
    document.title = `${t('stats.title')} · ${t('app.name')}`;
  });

  return (
    <div className="page statistics">
      <header className="page-head">
        <h1>{t('stats.title')}</h1>
        <div className="page-tools">
          <DayField label={t('stats.from')} value={from} most={to} onChange={(date) => setQuery('from', date)} />
          <DayField
            label={t('stats.to')}
            value={to}
            least={from}
            most={today()}
            onChange={(date) => setQuery('to', date)}
          />
          <OfficeChoice value={office} onChange={(next) => setQuery('office', next)} />
          {hasRole('analyst', 'supervisor', 'auditor') && (
            <Link className="button" to="/statistics/statement">
              {t('stats.statement')}
            </Link>
          )}
        </div>
      </header>
      <Shown loaded={stats} rows={10}>
        {(data) => (
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
                {csv('filed', data)}
              </header>
              {data.filed.length === 0 ? <Empty title={t('stats.none')} /> : <PerDay days={series(data, split)} />}
            </section>
            <div className="half">
              <section className="panel">
                <header className="panel-head">
                  <h2>{t('stats.timeToCard')}</h2>
                  {csv('time-to-card', data)}
                </header>
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
                <header className="panel-head">
                  <h2>{t('stats.waiting')}</h2>
                  {csv('waits', data)}
                </header>
                <Bars
                  caption={t('stats.waiting')}
                  columns={[t('queue.waits'), t('stats.waitHours')]}
                  rows={data.waitsSpent.map(({ what, text, hours, waits, medianHours }) => ({
                    label: said(text) || what,
                    value: hours,
                    text: hoursText(hours, 'alone'),
                    more: `${t('stats.waits', { count: waits })} · ${t('stats.each')} ${countedText(medianHours)}`,
                  }))}
                />
              </section>
            </div>
            <section className="panel">
              <header className="panel-head">
                <h2>{t('stats.openWaits')}</h2>
                {csv('open', data)}
              </header>
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
        )}
      </Shown>
    </div>
  );
}
