import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { get, type CaseListItem } from '../api/client';
import { useLoad, useNow, useStream } from '../api/hooks';
import { calledBy, useColleagues } from '../colleagues';
import { moment, number } from '../format';
import { setQuery, usePlace } from '../router';
import { session } from '../session';
import { Empty, Failed, Skeleton } from '../ui/state';
import { useWords } from '../words';
import { BulkSheet, type BulkAction } from './bulk';
import { PickRows } from './pick-rows';

const LISTS = ['awaiting', 'overdue', 'holds', 'all'] as const;
type List = (typeof LISTS)[number];

const PAGE = '100';
const SETTLE = 400;
const BULK: readonly BulkAction[] = ['approve', 'reassign', 'hold', 'resume'];

async function read(
  list: List,
  by: string | undefined,
  office: string | undefined,
  signal: AbortSignal,
): Promise<readonly CaseListItem[]> {
  const here = office ? { office } : {};
  if (by)
    return (
      await get('/v1/cases', {
        query: { claimedBy: by, open: 'true', sort: 'waitingUntil', limit: PAGE, ...here },
        signal,
      })
    ).items;
  if (list === 'awaiting') {
    const { items } = await get('/v1/cases', {
      query: { waitingWho: 'supervisor', sort: 'waitingUntil', limit: PAGE, ...here },
      signal,
    });
    return items.filter(({ status }) => status !== 'ON_HOLD');
  }
  if (list === 'holds')
    return (await get('/v1/cases', { query: { status: 'ON_HOLD', sort: 'oldest', limit: PAGE, ...here }, signal }))
      .items;
  return (
    await get('/v1/work-queue', { query: { view: list === 'overdue' ? 'overdue' : 'office', limit: PAGE }, signal })
  ).items;
}

/** A supervisor's team: who has how much in hand, what waits for a second pair of eyes, what is late or held, and many cases at once. */
export function TeamPage() {
  const { t } = useWords();
  useColleagues();
  const { query } = usePlace();
  const now = useNow();
  const list = LISTS.find((each) => each === query.get('list')) ?? 'awaiting';
  const by = query.get('by') ?? undefined;
  const office = session()?.staff.office;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<BulkAction | undefined>();

  const load = useLoad('load', (signal) => get('/v1/work-queue/load', { signal }));
  const cases = useLoad(`team/${list}/${by ?? ''}`, (signal) => read(list, by, office, signal));
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const live = useStream('/v1/work-queue/stream', () => {
    clearTimeout(settling.current);
    settling.current = setTimeout(() => {
      cases.reload();
      load.reload();
    }, SETTLE);
  });
  const items = useMemo(() => cases.data ?? [], [cases.data]);
  const picked = items.filter(({ id }) => chosen.has(id));

  useEffect(() => {
    document.title = `${t('team.title')} · ${t('app.name')}`;
  });
  const show = (name: 'list' | 'by', value: string | undefined): void => {
    setChosen(new Set());
    if (name === 'list') setQuery('by', undefined);
    setQuery(name, value);
  };
  const most = Math.max(1, ...(load.data?.items ?? []).map((each) => each.cases));

  return (
    <div className="page team">
      <header className="page-head">
        <h1>{t('team.title')}</h1>
        <span className={live ? 'live' : 'live off'} role="status">
          {live ? t('live.on') : t('live.off')}
        </span>
      </header>
      <section className="panel load">
        <h2>{t('team.load')}</h2>
        {load.data ? (
          load.data.items.length === 0 ? (
            <p className="muted">{t('team.nobody')}</p>
          ) : (
            <table className="numbers">
              <thead>
                <tr>
                  <th scope="col">{t('team.caseworker')}</th>
                  <th scope="col">{t('team.cases')}</th>
                  <th scope="col">{t('team.overdue')}</th>
                  <th scope="col">{t('team.nextDeadline')}</th>
                </tr>
              </thead>
              <tbody>
                {load.data.items.map(({ who, cases: count, overdue, nextDeadline }) => (
                  <tr key={who} aria-selected={by === who}>
                    <th scope="row">
                      <Button className="button quiet small" onPress={() => show('by', by === who ? undefined : who)}>
                        <bdi>{calledBy(who, undefined)}</bdi>
                      </Button>
                    </th>
                    <td>
                      <span className="meter" style={{ inlineSize: `${(count / most) * 8}rem` }} aria-hidden="true" />{' '}
                      {number(count)}
                    </td>
                    <td className={overdue > 0 ? 'late' : undefined}>{number(overdue)}</td>
                    <td>{nextDeadline ? moment(nextDeadline) : ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        ) : load.error === undefined ? (
          <Skeleton rows={3} />
        ) : (
          <Failed error={load.error} again={load.reload} />
        )}
      </section>
      <nav className="tabs" aria-label={t('keys.tabs')}>
        {LISTS.map((each) => (
          <button
            key={each}
            type="button"
            className="tab"
            aria-current={!by && each === list ? 'true' : undefined}
            onClick={() => show('list', each === 'awaiting' ? undefined : each)}
          >
            {t(`team.${each}`)}
          </button>
        ))}
        {by && (
          <button type="button" className="tab" aria-current="true">
            <bdi>{calledBy(by, undefined)}</bdi>
          </button>
        )}
      </nav>
      <div className="list" aria-busy={cases.loading}>
        {cases.data ? (
          items.length > 0 ? (
            <PickRows items={items} now={now} chosen={chosen} onChoose={setChosen} />
          ) : (
            <Empty title={t('team.none')} />
          )
        ) : cases.error === undefined ? (
          <Skeleton rows={8} />
        ) : (
          <Failed error={cases.error} again={cases.reload} />
        )}
      </div>
      {picked.length > 0 && (
        <div className="bulk-bar" role="region" aria-label={t('team.bulk')}>
          <b>{t('team.selected', { count: picked.length })}</b>
          {BULK.map((action) => (
            <Button
              key={action}
              className={action === 'approve' ? 'button good' : 'button'}
              onPress={() => setBulk(action)}
            >
              {t(`team.${action}`)}
            </Button>
          ))}
          <Button className="button quiet" onPress={() => setChosen(new Set())}>
            {t('team.clear')}
          </Button>
        </div>
      )}
      {bulk && (
        <BulkSheet
          action={bulk}
          items={picked}
          onClose={(done) => {
            setBulk(undefined);
            if (done) setChosen(new Set());
            cases.reload();
            load.reload();
          }}
        />
      )}
    </div>
  );
}
