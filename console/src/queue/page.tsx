import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { caseTypes, titleOf } from '../case-types';
import { useChanges, useLoad, useNow, usePages } from '../api/hooks';
import { number } from '../format';
import { OfficeChoice } from '../offices';
import { setQuery, usePlace } from '../router';
import { hasRole, officeHeldTo, session } from '../session';
import { Choice } from '../ui/choice';
import { KeyCap } from '../ui/key-cap';
import { useKeys } from '../ui/keys';
import { Live } from '../ui/live';
import { useRowKeys } from '../ui/row-keys';
import { Empty, Shown } from '../ui/state';
import { useWords } from '../words';
import { scopeIn, takeNext } from './claim-next';
import { More } from './more';
import { CaseRows } from './rows';

const VIEWS = ['mine', 'office', 'unclaimed', 'overdue'] as const;
type View = (typeof VIEWS)[number];
const SORTS = ['waitingUntil', 'oldest', 'newest'] as const;

const FIRST = 50;
const LATER = 200;

/** The work that waits for one, the nearest deadline first, as it changes. */
export function QueuePage() {
  const { t, said } = useWords();
  const { query } = usePlace();
  const now = useNow();
  const asked = query.get('view');
  const view: View = VIEWS.find((each) => each === asked) ?? 'office';
  const scope = scopeIn(query);
  const { type, office } = scope;
  const sort = SORTS.find((each) => each === query.get('sort')) ?? 'waitingUntil';
  const central = officeHeldTo() === undefined;
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const scopeKey = `${type ?? ''}/${office ?? ''}`;

  const work = usePages(`queue/${view}/${sort}/${scopeKey}`, (cursor, signal) =>
    get('/v1/work-queue', {
      query: {
        view,
        sort,
        limit: String(cursor === undefined ? FIRST : LATER),
        ...(cursor === undefined ? {} : { cursor }),
        ...scope,
      },
      signal,
    }),
  );
  // The numbers take longer than the list among very many cases: the list does not wait for them.
  const numbers = useLoad(`counts/${scopeKey}`, (signal) =>
    get('/v1/work-queue', { query: { counts: 'true', limit: '1', ...scope }, signal }),
  );
  const counts = numbers.data?.counts;
  const hearing = useChanges(() => {
    work.reload();
    numbers.reload();
  }, work.loading || numbers.loading);

  useEffect(() => {
    document.title = `${t('queue.title')} · ${t('app.name')}`;
  });

  const claim = async (): Promise<void> => {
    if (busy || !hasRole('caseworker', 'supervisor')) return;
    setBusy(true);
    await takeNext(query);
    setBusy(false);
  };

  const show = (next: View): void => setQuery('view', next === 'office' ? undefined : next);
  useRowKeys(list, work.data !== undefined);
  useKeys({
    c: () => void claim(),
    ...Object.fromEntries(VIEWS.map((each, n) => [String(n + 1), () => show(each)])),
  });

  return (
    <div className="page queue">
      <header className="page-head">
        <h1>{t('queue.title')}</h1>
        <Live hearing={hearing} />
        <div className="page-tools">
          {central && <OfficeChoice quiet value={office} onChange={(next) => setQuery('office', next)} />}
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
          <Choice
            quiet
            label={t('find.sort')}
            value={sort}
            onChange={(next) => setQuery('sort', next === 'waitingUntil' ? undefined : next)}
            options={SORTS.map((each) => ({ value: each, label: t(`find.${each}`) }))}
          />
          {hasRole('caseworker', 'supervisor') && (
            <Button className="button primary" isPending={busy} onPress={() => void claim()}>
              {t('queue.claimNext')} <KeyCap name="c" />
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
            {each === 'office' && central ? t('queue.allOfThem') : t(`queue.${each}`)}
            {(counts?.[each] ?? 0) > 0 && <b>{number(counts?.[each] ?? 0)}</b>}
          </button>
        ))}
      </nav>
      <div ref={list} className="list" aria-busy={work.loading}>
        <Shown loaded={work} rows={10} label={t('queue.loading')}>
          {({ items, next }) =>
            items.length > 0 ? (
              <>
                <CaseRows items={items} now={now} me={session()?.staff.id} />
                <More shown={items.length} of={counts?.[view]} next={next} loading={work.loading} onMore={work.more} />
              </>
            ) : (
              <Empty title={view === 'mine' ? t('queue.noneMine') : t('queue.none')}>
                <p>{view === 'mine' ? t('queue.noneMineText') : t('queue.noneText')}</p>
              </Empty>
            )
          }
        </Shown>
      </div>
    </div>
  );
}
