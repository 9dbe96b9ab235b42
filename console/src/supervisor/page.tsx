import { useEffect, useMemo, useRef } from 'react';
import { Button } from 'react-aria-components';
import { get, type CaseListItem } from '../api/client';
import { useChanges, useKept, useLoad, useNow, usePages, type Page } from '../api/hooks';
import { calledBy, useColleagues } from '../colleagues';
import { moment, number } from '../format';
import { More } from '../queue/more';
import { setQueries, usePlace } from '../router';
import { session } from '../session';
import { useKeys } from '../ui/keys';
import { Live } from '../ui/live';
import { useRowKeys } from '../ui/row-keys';
import { Empty, Shown } from '../ui/state';
import { useWords } from '../words';
import { BulkSheet } from './bulk';
import type { BulkAction } from './bulk-plan';
import { PickRows } from './pick-rows';

/** The lists, and what the work queue calls each. */
const LISTS = {
  awaiting: 'awaiting',
  'four-eyes': 'four-eyes',
  escalated: 'escalated',
  overdue: 'overdue',
  holds: 'held',
  all: 'office',
} as const;
type List = keyof typeof LISTS;
const lists = Object.keys(LISTS) as readonly List[];

const FIRST = 100;
const LATER = 200;
const ALARMING: ReadonlySet<List> = new Set(['escalated', 'overdue']);
const BULK: readonly BulkAction[] = ['approve', 'reassign', 'hold', 'resume'];

/** What is asked for many cases at once. */
interface Bulk {
  readonly action: BulkAction;
  readonly ids: readonly string[];
}

const read =
  (list: List, by: string | undefined, office: string | undefined) =>
  (cursor: string | undefined, signal: AbortSignal): Promise<Page<CaseListItem>> => {
    const page = {
      limit: String(cursor === undefined ? FIRST : LATER),
      ...(cursor === undefined ? {} : { cursor }),
      ...(office ? { office } : {}),
    };
    return by
      ? get('/v1/cases', { query: { claimedBy: by, open: 'true', sort: 'waitingUntil', ...page }, signal })
      : get('/v1/work-queue', { query: { view: LISTS[list], ...page }, signal });
  };

/** A supervisor's team: who has how much in hand, what waits for a second pair of eyes, what is late or held, and many cases at once. */
export function TeamPage() {
  const { t } = useWords();
  useColleagues();
  const { query } = usePlace();
  const now = useNow();
  const list = lists.find((each) => each === query.get('list')) ?? 'awaiting';
  const by = query.get('by') ?? undefined;
  const office = session()?.staff.office;
  const [chosenIds, setChosenIds] = useKept<readonly string[]>('team/chosen', []);
  const chosen = useMemo(() => new Set(chosenIds), [chosenIds]);
  const setChosen = (next: ReadonlySet<string>): void => setChosenIds([...next]);
  const [bulk, setBulk] = useKept<Bulk | null>('team/bulk', null);

  const load = useLoad('load', (signal) => get('/v1/work-queue/load', { signal }));
  const cases = usePages(`team/${list}/${by ?? ''}`, read(list, by, office));
  const numbers = useLoad('team-counts', (signal) =>
    get('/v1/work-queue', { query: { counts: 'team', limit: '1', ...(office ? { office } : {}) }, signal }),
  );
  const readAll = (): void => {
    cases.reload();
    load.reload();
    numbers.reload();
  };
  const hearing = useChanges(readAll, cases.loading || load.loading || numbers.loading);
  const countOf = (each: List): number | undefined => {
    const { counts, team } = numbers.data ?? {};
    if (each === 'all') return counts?.office;
    return each === 'overdue' ? counts?.overdue : team?.[LISTS[each]];
  };
  const items = useMemo(() => cases.data?.items ?? [], [cases.data]);
  const picked = items.filter(({ id }) => chosen.has(id));

  useEffect(() => {
    document.title = `${t('team.title')} · ${t('app.name')}`;
  });
  const show = (name: 'list' | 'by', value: string | undefined): void => {
    setChosen(new Set());
    setQueries({ ...(name === 'list' ? { by: undefined } : {}), [name]: value });
  };
  const box = useRef<HTMLDivElement>(null);
  useRowKeys(box, cases.data !== undefined);
  useKeys(
    Object.fromEntries(
      lists.map((each, n) => [String(n + 1), () => show('list', each === 'awaiting' ? undefined : each)]),
    ),
  );
  const most = Math.max(1, ...(load.data?.items ?? []).map((each) => each.cases));

  return (
    <div className="page team">
      <header className="page-head">
        <h1>{t('team.title')}</h1>
        <Live hearing={hearing} />
      </header>
      <section className="panel load">
        <h2>{t('team.load')}</h2>
        <Shown loaded={load} rows={3}>
          {({ items: colleagues }) =>
            colleagues.length === 0 ? (
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
                  {colleagues.map(({ who, cases: count, overdue, nextDeadline }) => (
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
                      <td className={overdue > 0 ? 'late' : undefined}>{overdue > 0 ? number(overdue) : '–'}</td>
                      <td>{nextDeadline ? moment(nextDeadline) : ''}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </Shown>
      </section>
      <nav className="tabs" aria-label={t('keys.tabs')}>
        {lists.map((each) => (
          <button
            key={each}
            type="button"
            className={ALARMING.has(each) && (countOf(each) ?? 0) > 0 ? 'tab alarming' : 'tab'}
            aria-current={!by && each === list ? 'true' : undefined}
            onClick={() => show('list', each === 'awaiting' ? undefined : each)}
          >
            {t(`team.${each}`)}
            {(countOf(each) ?? 0) > 0 && <b>{number(countOf(each) ?? 0)}</b>}
          </button>
        ))}
        {by && (
          <button type="button" className="tab" aria-current="true">
            <bdi>{calledBy(by, undefined)}</bdi>
          </button>
        )}
      </nav>
      <div ref={box} className="list" aria-busy={cases.loading}>
        <Shown loaded={cases} rows={8}>
          {({ next }) =>
            items.length > 0 ? (
              <>
                <PickRows items={items} now={now} chosen={chosen} onChoose={setChosen} />
                <More
                  shown={items.length}
                  of={by ? undefined : countOf(list)}
                  next={next}
                  loading={cases.loading}
                  onMore={cases.more}
                />
              </>
            ) : (
              <Empty title={t('team.none')} />
            )
          }
        </Shown>
      </div>
      {picked.length > 0 && (
        <div className="bulk-bar" role="region" aria-label={t('team.bulk')}>
          <b>{t('team.selected', { count: picked.length })}</b>
          {BULK.map((action) => (
            <Button
              key={action}
              className={action === 'approve' ? 'button good' : 'button'}
              onPress={() => setBulk({ action, ids: picked.map(({ id }) => id) })}
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
          {...bulk}
          onClose={(done) => {
            setBulk(null);
            if (done) setChosen(new Set());
            readAll();
          }}
        />
      )}
    </div>
  );
}
