import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import names from '../api/statement-names.json';
import { answer, get, type Bilingual, type Schemas } from '../api/client';
import { useLoad } from '../api/hooks';
import { changeText, money, number, percent, today } from '../format';
import { preferences } from '../preferences';
import { setQuery, usePlace } from '../router';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Choice } from '../ui/choice';
import { Shown, whyNot } from '../ui/state';
import { tell } from '../ui/toast';
import { named, said, useWords } from '../words';
import { save } from './csv';
import { hoursText } from './series';

type Statement = Schemas['Statement'];
interface Counted {
  readonly name: string;
  readonly count: number;
  readonly before: number;
  readonly change: number | null;
}

/** As a printed statement names it. */
function called(group: keyof typeof names, code: string): string {
  const all: Readonly<Record<string, Bilingual>> = names[group];
  const text = all[code];
  return text ? said(text) : code;
}

const thisMonth = (): string => today().slice(0, 7);

const monthName = (month: string): string => {
  const { language, digits } = preferences();
  return new Intl.DateTimeFormat(`${language === 'ar' ? 'ar-SA' : 'en-GB'}-u-ca-gregory-nu-${digits}`, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));
};

const MONTHS = 24;

/** This month and those before it, the latest first. */
const monthsBefore = (from: string): string[] =>
  Array.from({ length: MONTHS }, (_, n) => {
    const at = new Date(`${from}-01T00:00:00Z`);
    at.setUTCMonth(at.getUTCMonth() - n);
    return at.toISOString().slice(0, 7);
  });

function Change({ change }: { readonly change: number | null }) {
  return change === null ? (
    '–'
  ) : (
    <bdi className={change < 0 ? 'change down' : change > 0 ? 'change up' : 'change'}>{changeText(change)}</bdi>
  );
}

/** A zero says that there are none; it stands as a dash, which no Arabic digit looks like. */
const count = (value: number): string => (value === 0 ? '–' : number(value));

function Counts({
  title,
  rows,
  month,
}: {
  readonly title: string;
  readonly rows: readonly Counted[];
  readonly month: string;
}) {
  const { t } = useWords();
  const most = Math.max(1, ...rows.map((row) => row.count));
  const [, before = month] = monthsBefore(month);
  return (
    <section className="panel">
      <h2>{title}</h2>
      <table className="numbers statement">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{title}</span>
            </th>
            <th scope="col" className="head-number">
              {monthName(month)}
            </th>
            <th scope="col" className="head-number">
              {monthName(before)}
            </th>
            <th scope="col" className="head-number">
              {t('statement.change')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                {row.name}
                <span
                  className="bar-fill"
                  aria-hidden="true"
                  style={{ inlineSize: row.count === 0 ? 0 : `${(row.count / most) * 100}%` }}
                />
              </th>
              <td className="number-cell">
                <b>{count(row.count)}</b>
              </td>
              <td className="number-cell">{count(row.before)}</td>
              <td className="number-cell">
                <Change change={row.change} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const sum = (amount: Schemas['Money']): string => (amount.halalas === 0 ? '–' : money(amount));
const hours = (value: number | null): string => (value === null ? '–' : hoursText(value));
const share = (value: number | null): string => (value === null ? '–' : percent(value / 100));

function Figures({ statement }: { readonly statement: Statement }) {
  const { t } = useWords();
  const { total, timeToCard, straightThrough, finesAvoided, satisfaction } = statement;
  const mean = (value: number | null): string => (value === null ? '–' : t('statement.of5', { n: number(value, 2) }));
  const figures = [
    { what: t('statement.total'), value: count(total.count), before: count(total.before) },
    {
      what: t('statement.timeToCard'),
      value: hours(timeToCard.p50Hours),
      before: hours(timeToCard.before.p50Hours),
    },
    {
      what: t('statement.timeToMostCards'),
      value: hours(timeToCard.p90Hours),
      before: hours(timeToCard.before.p90Hours),
    },
    {
      what: t('statement.straight'),
      value: share(straightThrough.share),
      before: share(straightThrough.shareBefore),
    },
    { what: t('statement.fines'), value: sum(finesAvoided.amount), before: sum(finesAvoided.before.amount) },
    {
      what: t('statement.satisfaction'),
      value: mean(satisfaction.mean),
      before: mean(satisfaction.meanBefore),
      more: satisfaction.answers === 0 ? undefined : t('statement.answers', { count: satisfaction.answers }),
    },
  ];
  return (
    <dl className="figures">
      {figures.map(({ what, value, before, more }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {value} {more && <small className="muted">{more}</small>}
            <span className="before">{t('statement.before', { value: before })}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A month as the agency reports it, each number beside that of the month before. */
export function StatementPage() {
  const { t } = useWords();
  const { query } = usePlace();
  const asked = query.get('month') ?? '';
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : thisMonth();
  const read = useLoad(`statement/${month}`, (signal) => get('/v1/statistics/statement', { query: { month }, signal }));

  useEffect(() => {
    document.title = `${t('statement.title')} · ${t('app.name')}`;
  });
  const take = (type: 'text/csv' | 'application/pdf', ending: string) => (): void => {
    answer(
      `/v1/statistics/statement?${new URLSearchParams({ month, language: preferences().language })}`,
      { headers: { accept: type } },
      (response) => response.blob(),
    )
      .then((whole) => save(`tajdid-${month}.${ending}`, whole))
      .catch((error: unknown) => tell(whyNot(error, t('act.offline'))));
  };

  return (
    <div className="page statistics">
      <header className="page-head">
        <h1>
          {t('statement.title')} · {monthName(month)}
        </h1>
        <div className="page-tools">
          <Choice
            label={t('statement.month')}
            value={month}
            onChange={(next) => setQuery('month', next)}
            options={[...new Set([...monthsBefore(thisMonth()), month])].map((each) => ({
              value: each,
              label: monthName(each),
            }))}
          />
          <Button className="button" onPress={take('text/csv', 'csv')}>
            <Icon name="download" /> {t('statement.csv')}
          </Button>
          <Button className="button" onPress={take('application/pdf', 'pdf')}>
            <Icon name="download" /> {t('statement.pdf')}
          </Button>
          <Link className="button" to="/statistics">
            {t('stats.title')}
          </Link>
        </div>
      </header>
      <Shown loaded={read} rows={10}>
        {(data) => (
          <>
            {!data.complete && <p className="muted">{t('statement.soFar')}</p>}
            <Figures statement={data} />
            <Counts
              title={t('statement.byService')}
              month={month}
              rows={data.byService.map(({ service, ...counts }) => ({ name: called('services', service), ...counts }))}
            />
            <div className="half">
              <Counts
                title={t('statement.byChannel')}
                month={month}
                rows={data.byChannel.map(({ channel, ...counts }) => ({
                  name: called('channels', channel),
                  ...counts,
                }))}
              />
              <Counts
                title={t('statement.byBeneficiary')}
                month={month}
                rows={data.byBeneficiary.map(({ beneficiary, ...counts }) => ({
                  name: named('stats.beneficiaries', beneficiary),
                  ...counts,
                }))}
              />
            </div>
          </>
        )}
      </Shown>
    </div>
  );
}
