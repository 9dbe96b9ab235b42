import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { get, Refused, type CaseListItem } from '../api/client';
import { caseTypes, titleOf, typeNamed } from '../case-types';
import { useLoad, useNow, useStream } from '../api/hooks';
import { number } from '../format';
import { go, setQuery, usePlace } from '../router';
import { hasRole, session } from '../session';
import { Choice } from '../ui/choice';
import { useKeys } from '../ui/keys';
import { Empty, Failed, Skeleton } from '../ui/state';
import { tell } from '../ui/toast';
import { useWords } from '../words';
import { claimNext } from './claim-next';
import { CaseRows } from './rows';

const VIEWS = ['mine', 'office', 'unclaimed', 'overdue'] as const;
type View = (typeof VIEWS)[number];

const PAGE = 50;
const MOST = 200;
const SETTLE = 200;

/** The work that waits for one, the nearest deadline first, as it changes. */
export function QueuePage() {
  const { t, said } = useWords();
  const { query } = usePlace();
  const now = useNow();
  const asked = query.get('view');
  const view: View = VIEWS.find((each) => each === asked) ?? 'office';
  const type = typeNamed(query.get('type'));
  const [size, setSize] = useState(PAGE);
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);

  const work = useLoad(`${view}/${type ?? ''}/${size}`, (signal) =>
    get('/v1/work-queue', { query: { view, limit: String(size), ...(type ? { type } : {}) }, signal }),
  );
  // The numbers take longer than the list among very many cases: the list does not wait for them.
  const numbers = useLoad('counts', (signal) =>
    get('/v1/work-queue', { query: { counts: 'true', limit: '1' }, signal }),
  );
  const items: readonly CaseListItem[] = work.data?.items ?? [];
  const counts = numbers.data?.counts;

  const live = useStream('/v1/work-queue/stream', () => {
    clearTimeout(settling.current);
    settling.current = setTimeout(() => {
      work.reload();
      numbers.reload();
    }, SETTLE);
  });
  // What changed while nothing was heard is read when hearing begins again.
  const heardBefore = useRef(false);
  useEffect(() => {
    if (live && heardBefore.current) work.reload();
    heardBefore.current ||= live;
  }, [live, work.reload]);

  useEffect(() => {
    document.title = `${t('queue.title')} · ${t('app.name')}`;
  });

  const claim = async (): Promise<void> => {
    if (busy || !hasRole('caseworker', 'supervisor')) return;
    setBusy(true);
    try {
      const id = await claimNext(type, () => tell(t('queue.raced')));
      if (id === undefined) tell(t('queue.noneLeft'));
      else go(`/cases/${id}`);
    } catch (error) {
      tell(error instanceof Refused && error.problem ? said(error.problem.titles) : t('act.offline'));
    } finally {
      setBusy(false);
    }
  };

  const focus = (index: number): void => {
    const to = Math.max(0, Math.min(items.length - 1, index));
    setChosen(to);
    list.current?.querySelectorAll<HTMLAnchorElement>('a.row')[to]?.focus();
  };
  const show = (next: View): void => {
    setQuery('view', next === 'office' ? undefined : next);
    setChosen(0);
    setSize(PAGE);
  };
  const step = (by: number) => () => focus(document.activeElement?.closest('a.row') ? chosen + by : chosen);
  useKeys({
    j: step(1),
    ArrowDown: step(1),
    k: step(-1),
    ArrowUp: step(-1),
    Enter: () => items[chosen] && go(`/cases/${items[chosen].id}`),
    c: () => void claim(),
    ...Object.fromEntries(VIEWS.map((each, n) => [String(n + 1), () => show(each)])),
  });

  return (
    <div className="page queue">
      <header className="page-head">
        <h1>{t('queue.title')}</h1>
        <span className={live ? 'live' : 'live off'} role="status">
          {live ? t('live.on') : t('live.off')}
        </span>
        <div className="page-tools">
          <Choice
            quiet
            label={t('queue.type')}
            value={type ?? ''}
            onChange={(next) => setQuery('type', next)}
            options={[
              { value: '', label: t('queue.allTypes') },
              ...caseTypes.map((each) => ({ value: each, label: said(titleOf(each)) })),
            ]}
          />
          {hasRole('caseworker', 'supervisor') && (
            <Button className="button primary" isDisabled={busy} onPress={() => void claim()}>
              {t('queue.claimNext')} <kbd>c</kbd>
            </Button>
          )}
        </div>
      </header>
      <nav className="tabs" aria-label={t('keys.tabs')}>
        {VIEWS.map((each) => (
          <button
            key={each}
            type="button"
            aria-current={each === view ? 'true' : undefined}
            className={each === 'overdue' && (counts?.overdue ?? 0) > 0 ? 'tab alarming' : 'tab'}
            onClick={() => show(each)}
          >
            {t(`queue.${each}`)}
            <b>{counts ? number(counts[each]) : ''}</b>
          </button>
        ))}
      </nav>
      {work.error !== undefined && work.data && (
        <p className="stale" role="status">
          {t('state.stale')}
        </p>
      )}
      <div ref={list} className="list" aria-busy={work.loading}>
        {work.data ? (
          items.length > 0 ? (
            <CaseRows items={items} now={now} me={session()?.staff.id} onFocus={setChosen} />
          ) : (
            <Empty title={view === 'mine' ? t('queue.noneMine') : t('queue.none')}>
              <p>{view === 'mine' ? t('queue.noneMineText') : t('queue.noneText')}</p>
            </Empty>
          )
        ) : work.error === undefined ? (
          <Skeleton rows={10} label={t('queue.loading')} />
        ) : (
          <Failed error={work.error} again={work.reload} />
        )}
        {work.data?.next && size < MOST && (
          <Button className="button more" onPress={() => setSize(Math.min(MOST, size + PAGE))}>
            {t('queue.more')}
          </Button>
        )}
      </div>
    </div>
  );
}
