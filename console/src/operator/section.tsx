import { useEffect } from 'react';
import { get } from '../api/client';
import { useColleagues } from '../colleagues';
import { useLoad } from '../api/hooks';
import { number } from '../format';
import { go, type Place } from '../router';
import { useKeys } from '../ui/keys';
import { Link } from '../ui/link';
import { Empty } from '../ui/state';
import { useWords } from '../words';
import { ActsPage } from './acts';
import { AuditPage } from './audit';
import { DoctorPage } from './doctor';
import { GroupPage } from './group';
import { IncidentsPage } from './incidents';
import './operator.css';
import { RepairsPage } from './repairs';
import { RetriesPage } from './retries';
import { RetryPage } from './retry';
import { StallsPage } from './stalls';
import { VersionsPage } from './versions';
import { WhyPage } from './why';

const TABS = ['incidents', 'retries', 'repairs', 'stalls', 'versions', 'audit', 'doctor', 'acts'] as const;
const LOOK_AGAIN = 30_000;
type Tab = (typeof TABS)[number];

const addressOf = (tab: Tab): string => (tab === 'incidents' ? '/ops' : `/ops/${tab}`);

function Page({ first, second }: { readonly first: string; readonly second: string }) {
  const { t } = useWords();
  if (first === '') return <IncidentsPage />;
  if (first === 'group') return <GroupPage />;
  if (first === 'cases' && second !== '') return <WhyPage key={second} id={second} />;
  if (first === 'retries') return second === '' ? <RetriesPage /> : <RetryPage key={second} id={second} />;
  if (first === 'repairs') return <RepairsPage />;
  if (first === 'stalls') return <StallsPage />;
  if (first === 'versions') return <VersionsPage />;
  if (first === 'audit') return <AuditPage />;
  if (first === 'doctor') return <DoctorPage />;
  if (first === 'acts') return <ActsPage />;
  return <Empty title={t('state.notFound')} />;
}

/** Moves among what the page lists, as in the work queue; false where it lists nothing. */
function walk(by: number): boolean {
  const rows = [
    ...document.querySelectorAll<HTMLAnchorElement>('.operator :is(.incident-cause, .rows a.row, tbody th a)'),
  ];
  const at = rows.findIndex((row) => row === document.activeElement);
  rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  return rows.length > 0;
}

/** Pixels that an arrow scrolls by where there is nothing to walk along. */
const LINE = 40;
const walkOrScroll = (by: number) => (): void => {
  if (!walk(by)) window.scrollBy(0, by * LINE);
};

/** For who is on call: see why, fix, retry, and see that it moved. */
export function OperatorSection({ place }: { readonly place: Place }) {
  const { t } = useWords();
  // Whoever is named in the section is called by name.
  useColleagues();
  const [, first = '', second = ''] = place.parts;
  const here: Tab = TABS.find((tab) => tab === first) ?? 'incidents';
  // What waits for an operator elsewhere in the section: read on every way through it, and now and then.
  const waiting = useLoad('waiting', async (signal) => {
    const [repairs, stalls] = await Promise.all([
      get('/v1/ops/repairs', { signal }),
      get('/v1/ops/stalls', { signal }),
    ]);
    return { repairs: repairs.items.length, stalls: stalls.items.length };
  });
  useEffect(() => {
    waiting.reload();
    const timer = setInterval(waiting.reload, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [place, waiting.reload]);
  const counts: Partial<Record<Tab, number>> = waiting.data ?? {};
  useKeys({
    ...Object.fromEntries(TABS.map((tab, n) => [String(n + 1), () => go(addressOf(tab))])),
    j: () => walk(1),
    ArrowDown: walkOrScroll(1),
    k: () => walk(-1),
    ArrowUp: walkOrScroll(-1),
  });
  return (
    <div className="page operator">
      <nav className="tabs" aria-label={t('ops.title')}>
        {TABS.map((tab) => (
          <Link key={tab} to={addressOf(tab)} className="tab" aria-current={tab === here ? 'page' : undefined}>
            {t(`ops.tabs.${tab}`)}
            {(counts[tab] ?? 0) > 0 && <b>{number(counts[tab] ?? 0)}</b>}
          </Link>
        ))}
      </nav>
      <Page first={first} second={second} />
    </div>
  );
}
