import { useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { useLoad } from '../api/hooks';
import { number } from '../format';
import { setQuery, usePlace } from '../router';
import { Segments } from '../ui/choice';
import { Icon } from '../ui/icon';
import { Empty, Shown } from '../ui/state';
import { useWords } from '../words';
import { since } from './parts';
import { About, Head, useTitle } from './pieces';
import { ScanSheet } from './scan-sheet';

/** What the watch has found, and a look right now. */
export function StallsPage() {
  const { t, said } = useWords();
  const { query } = usePlace();
  const all = query.get('all') === 'true';
  const [asking, setAsking] = useState(false);
  const stalls = useLoad(`stalls/${all}`, (signal) =>
    get('/v1/ops/stalls', { query: { all: all ? 'true' : 'false' }, signal }),
  );
  useTitle(t('ops.tabs.stalls'));
  return (
    <>
      <Head title={t('ops.tabs.stalls')}>
        <Segments
          label={t('ops.stalls.what')}
          value={all ? 'all' : 'open'}
          onChange={(next) => setQuery('all', next === 'all' ? 'true' : undefined)}
          options={[
            { value: 'open', label: t('ops.stalls.open') },
            { value: 'all', label: t('ops.all') },
          ]}
        />
        <Button className="button primary" onPress={() => setAsking(true)}>
          {t('ops.stalls.scan')}
        </Button>
      </Head>
      {asking && <ScanSheet scanned={stalls.reload} onClose={() => setAsking(false)} />}
      <p className="muted panel-text">{t('ops.stalls.text')}</p>
      <Shown loaded={stalls}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('ops.stalls.none')}>
              <p>
                <Icon name="check" /> {t('ops.stalls.noneText')}
              </p>
            </Empty>
          ) : (
            <ul className="incident-groups" aria-label={t('ops.stalls.list')}>
              {items.map(({ caseId, what, text, detail, firstSeen, lastSeen, times, remedy, remedied, clearedAt }) => (
                <li
                  key={`${caseId}/${what}/${firstSeen}`}
                  className={clearedAt === null ? 'incident-group outcome-unknown' : 'incident-group cleared'}
                >
                  <div className="incident-head">
                    <h2>{text ? said(text) : what}</h2>
                    <About id={caseId} />
                  </div>
                  <p className="incident-facts">
                    {t('ops.stalls.since')} {since(firstSeen)} · {t('ops.stalls.seen')} {since(lastSeen)} ·{' '}
                    {t('ops.stalls.times', { n: number(times) })}
                    {clearedAt !== null && ` · ${t('ops.stalls.cleared', { at: since(clearedAt) })}`}
                  </p>
                  <p className="incident-said">
                    <bdi>{said(detail)}</bdi>
                  </p>
                  {remedy && (
                    <p className="remedy">
                      <b>{remedied === null ? t('ops.stalls.remedy') : t('ops.stalls.applied')}:</b> {said(remedy)}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </>
  );
}
