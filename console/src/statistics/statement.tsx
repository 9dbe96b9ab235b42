import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import names from '../api/statement-names.json';
import { get, send, type Bilingual, type Schemas } from '../api/client';
import { useLoad } from '../api/hooks';
import { money, number, percent } from '../format';
import { preferences } from '../preferences';
import { setQuery, usePlace } from '../router';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Failed, Skeleton, whyNot } from '../ui/state';
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

const RIYADH = 3 * 3_600_000;
const thisMonth = (): string => new Date(Date.now() + RIYADH).toISOString().slice(0, 7);

const monthName = (month: string): string => {
  const { language, digits } = preferences();
  return new Intl.DateTimeFormat(`${language === 'ar' ? 'ar-SA' : 'en-GB'}-u-ca-gregory-nu-${digits}`, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));
};

function Change({ change }: { readonly change: number | null }) {
  if (change === null) return null;
  return (
    <bdi className={change < 0 ? 'change down' : 'change up'} dir="ltr">
      {change > 0 ? '+' : ''}
      {number(change, 1)}%
    </bdi>
  );
}

function Counts({ title, rows }: { readonly title: string; readonly rows: readonly Counted[] }) {
  const { t } = useWords();
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <section className="panel">
      <h2>{title}</h2>
      <table className="bars">
        <caption className="visually-hidden">{title}</caption>
        <tbody>
          {rows.map(({ name, count, change }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <span className="bar-track" aria-hidden="true">
                  <span className="bar-fill" style={{ inlineSize: `${(count / most) * 100}%` }} />
                </span>
                <span className="bar-value">
                  {number(count)} <Change change={change} />
                  <span className="visually-hidden">{t('statement.change')}</span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figures({ statement }: { readonly statement: Statement }) {
  const { t } = useWords();
  const { total, timeToCard, straightThrough, finesAvoided, satisfaction } = statement;
  const hours = timeToCard.p50Hours;
  const figures = [
    { what: t('statement.total'), value: number(total.count), more: <Change change={total.change} /> },
    { what: t('statement.timeToCard'), value: hours === null ? '–' : hoursText(hours), more: undefined },
    {
      what: t('statement.straight'),
      value: straightThrough.share === null ? '–' : percent(straightThrough.share / 100),
      more: undefined,
    },
    { what: t('statement.fines'), value: money(finesAvoided.amount), more: undefined },
    {
      what: t('statement.satisfaction'),
      value: satisfaction.mean === null ? '–' : t('statement.of5', { n: number(satisfaction.mean, 2) }),
      more: <small>{t('statement.answers', { count: satisfaction.answers })}</small>,
    },
  ];
  return (
    <dl className="figures">
      {figures.map(({ what, value, more }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {value} {more}
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
  const month = query.get('month') ?? thisMonth();
  const read = useLoad(`statement/${month}`, (signal) => get('/v1/statistics/statement', { query: { month }, signal }));
  const { data } = read;

  useEffect(() => {
    document.title = `${t('statement.title')} · ${t('app.name')}`;
  });
  const take = (type: 'text/csv' | 'application/pdf', ending: string) => (): void => {
    send(`/v1/statistics/statement?${new URLSearchParams({ month, language: preferences().language })}`, {
      headers: { accept: type },
    })
      .then(async (response) => save(`tajdid-${month}.${ending}`, await response.blob()))
      .catch((error: unknown) => tell(whyNot(error, t('act.offline'))));
  };

  return (
    <div className="page statistics">
      <header className="page-head">
        <h1>
          {t('statement.title')} · {monthName(month)}
        </h1>
        <div className="page-tools">
          <label className="choice">
            <span>{t('statement.month')}</span>
            <input
              type="month"
              value={month}
              max={thisMonth()}
              onChange={(event) => event.target.value && setQuery('month', event.target.value)}
            />
          </label>
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
      {data ? (
        <>
          {!data.complete && <p className="muted">{t('statement.soFar')}</p>}
          <Figures statement={data} />
          <Counts
            title={t('statement.byService')}
            rows={data.byService.map(({ service, ...counts }) => ({ name: called('services', service), ...counts }))}
          />
          <div className="half">
            <Counts
              title={t('statement.byChannel')}
              rows={data.byChannel.map(({ channel, ...counts }) => ({ name: called('channels', channel), ...counts }))}
            />
            <Counts
              title={t('statement.byBeneficiary')}
              rows={data.byBeneficiary.map(({ beneficiary, ...counts }) => ({
                name: named('stats.beneficiaries', beneficiary),
                ...counts,
              }))}
            />
          </div>
        </>
      ) : read.error === undefined ? (
        <Skeleton rows={10} />
      ) : (
        <Failed error={read.error} again={read.reload} />
      )}
    </div>
  );
}
