import { useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { useLoad, useChanges } from '../api/hooks';
import { caseTypes, titleOf } from '../case-types';
import { number } from '../format';
import { OfficeChoice } from '../offices';
import { go, setQuery, usePlace } from '../router';
import { Choice } from '../ui/choice';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Empty, Shown } from '../ui/state';
import { named, useWords } from '../words';
import {
  causeOf,
  caseCount,
  EVERYTHING,
  queryOf,
  scopeOf,
  since,
  type IncidentGroup,
  type Scope,
  type StallGroup,
} from './parts';
import { About, Head, RemedyText, useTitle } from './pieces';
import { RetrySheet } from './retry-sheet';

/** Each thing once, with its words. */
const distinct = (pairs: readonly (readonly [string, string])[]) =>
  [...new Map(pairs)].map(([value, label]) => ({ value, label }));

function GroupCard({ group, scope, onRetry }: { group: IncidentGroup; scope: Scope; onRetry: () => void }) {
  const { t, said } = useWords();
  const { cases, retrying, kind, last, message, stepTexts, remedy } = group;
  return (
    <li className={`incident-group ${kind}`}>
      <div className="incident-head">
        <h2>
          <Link to={`/ops/group?${queryOf(scope)}`} className="incident-cause">
            {causeOf(group)}: {t('ops.sinceCount', { cases: caseCount(cases), at: since(group.since) })}
          </Link>
        </h2>
        <span className={`kind ${kind}`}>{named('ops.kinds', kind)}</span>
      </div>
      <p className="incident-facts">
        {stepTexts.map(said).join(' · ')} · {t('ops.incidents.last')} {since(last)}
        {retrying > 0 && (
          <>
            {' · '}
            <b>{t('ops.incidents.retryingNow', { cases: caseCount(retrying) })}</b>
          </>
        )}
      </p>
      <p className="incident-said">
        {t('ops.incidents.said')}: <bdi dir="ltr">{message}</bdi>
      </p>
      <RemedyText remedy={remedy} />
      <div className="incident-do">
        <Button
          className={remedy.action === 'retry' ? 'button primary' : 'button'}
          isDisabled={retrying === cases}
          onPress={onRetry}
        >
          {t('ops.incidents.retryGroup', { cases: caseCount(cases - retrying) })}
        </Button>
        <Link className="button" to={`/ops/group?${queryOf(scope)}`}>
          {t('ops.incidents.open')}
        </Link>
      </div>
    </li>
  );
}

/** Waits that the watch has found silent: of no party and in no scope. */
function StallGroups({ groups }: { readonly groups: readonly StallGroup[] }) {
  const { t, said } = useWords();
  return (
    <section className="silent" aria-labelledby="silent-title">
      <h2 id="silent-title">{t('ops.incidents.silent')}</h2>
      <ul className="incident-groups">
        {groups.map(({ what, text, cases, since: from, last, example, remedy }) => (
          <li key={what} className="incident-group outcome-unknown">
            <div className="incident-head">
              <h3>
                <Link to="/ops/stalls" className="incident-cause">
                  {said(text)}:{' '}
                  {t('ops.sinceCount', {
                    cases: example === EVERYTHING ? t('ops.stalls.everything') : caseCount(cases),
                    at: since(from),
                  })}
                </Link>
              </h3>
              {example !== EVERYTHING && <About id={example} />}
            </div>
            <p className="incident-facts">
              {t('ops.incidents.last')} {since(last)}
            </p>
            <p className="remedy">
              <b>{t('ops.incidents.remedy')}:</b> {said(remedy)}
            </p>
          </li>
        ))}
      </ul>
      <p className="incident-do">
        <Link className="button" to="/ops/stalls">
          {t('ops.incidents.silentOpen')}
        </Link>
      </p>
    </section>
  );
}

function Figures({ groups }: { readonly groups: readonly IncidentGroup[] }) {
  const { t } = useWords();
  const sum = (of: (group: IncidentGroup) => number): string => number(groups.reduce((all, each) => all + of(each), 0));
  const oldest = groups.map((group) => group.since).toSorted()[0];
  return (
    <dl className="figures">
      <div>
        <dt>{t('ops.incidents.waiting')}</dt>
        <dd>{sum(({ cases }) => cases)}</dd>
      </div>
      <div>
        <dt>{t('ops.incidents.retrying')}</dt>
        <dd>{sum(({ retrying }) => retrying)}</dd>
      </div>
      <div>
        <dt>{t('ops.incidents.causes')}</dt>
        <dd>{number(groups.length)}</dd>
      </div>
      <div>
        <dt>{t('ops.incidents.oldest')}</dt>
        <dd>{oldest === undefined ? '' : since(oldest)}</dd>
      </div>
    </dl>
  );
}

/** Technical failures by cause, the largest first, as they come and go. */
export function IncidentsPage() {
  const { t, said } = useWords();
  const { query } = usePlace();
  const scope = scopeOf(query);
  const filtered = Object.keys(scope).length > 0;
  const [retry, setRetry] = useState<Scope | undefined>();
  const groups = useLoad(`incidents/${queryOf(scope)}`, (signal) => get('/v1/ops/incidents', { query: scope, signal }));
  // What can be chosen stands even when the choice leaves nothing.
  const all = useLoad(filtered ? 'all-incidents' : 'none', (signal) =>
    filtered ? get('/v1/ops/incidents', { signal }) : Promise.resolve(undefined),
  );
  const live = useChanges(() => {
    groups.reload();
    all.reload();
  }, groups.loading || all.loading);
  useTitle(t('ops.tabs.incidents'));
  const any = { value: '', label: t('ops.all') };
  const known = (filtered ? all.data : groups.data)?.items ?? [];

  return (
    <>
      <Head title={t('ops.tabs.incidents')} live={live} />
      <div className="filters">
        <Choice
          label={t('ops.source')}
          value={scope.source ?? ''}
          onChange={(next) => setQuery('source', next)}
          options={[
            any,
            ...distinct([
              ...known.map(({ source }) => [source, named('ops.sources', source)] as const),
              ...(scope.source ? [[scope.source, named('ops.sources', scope.source)] as const] : []),
            ]),
          ]}
        />
        <Choice
          label={t('queue.type')}
          value={scope.type ?? ''}
          onChange={(next) => setQuery('type', next)}
          options={[any, ...caseTypes.map((each) => ({ value: each, label: said(titleOf(each)) }))]}
        />
        <Choice
          label={t('ops.step')}
          value={scope.step ?? ''}
          onChange={(next) => setQuery('step', next)}
          options={[
            any,
            ...distinct([
              ...(scope.step ? [[scope.step, scope.step] as const] : []),
              ...known.flatMap(({ steps, stepTexts }) =>
                steps.map((step, n) => [step, said(stepTexts[n] ?? { ar: step, en: step })] as const),
              ),
            ]),
          ]}
        />
        <OfficeChoice value={scope.office} onChange={(next) => setQuery('office', next)} />
      </div>
      <div className="list" aria-busy={groups.loading}>
        <Shown loaded={groups} rows={8}>
          {({ items, stalls }) => (
            <>
              {items.length > 0 ? (
                <>
                  <Figures groups={items} />
                  <ul className="incident-groups" aria-label={t('ops.incidents.list')}>
                    {items.map((group) => {
                      const of = { ...scope, source: group.source, code: group.code };
                      return (
                        <GroupCard
                          key={`${group.source}/${group.code}/${group.kind}`}
                          group={group}
                          scope={of}
                          onRetry={() => setRetry(of)}
                        />
                      );
                    })}
                  </ul>
                </>
              ) : filtered ? (
                <Empty title={t('ops.incidents.noneFits')}>
                  <Button className="button" onPress={() => go('/ops', true)}>
                    {t('ops.incidents.clear')}
                  </Button>
                </Empty>
              ) : stalls.length > 0 ? null : (
                <Empty title={t('ops.incidents.none')}>
                  <p>
                    <Icon name="check" /> {t('ops.incidents.noneText')}
                  </p>
                </Empty>
              )}
              {!filtered && stalls.length > 0 && <StallGroups groups={stalls} />}
            </>
          )}
        </Shown>
      </div>
      {retry && <RetrySheet scope={retry} onClose={() => setRetry(undefined)} />}
    </>
  );
}
