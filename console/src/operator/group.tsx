import { useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { useChanges, useKept, useLoad } from '../api/hooks';
import { number } from '../format';
import { usePlace } from '../router';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { PickTable } from '../ui/pick-table';
import { Empty, Shown } from '../ui/state';
import { named, useWords } from '../words';
import { causeOf, caseCount, queryOf, scopeOf, since, type IncidentCase, type Scope } from './parts';
import { CaseName, EffectKinds, Head, RemedyText, useTitle } from './pieces';
import { RetrySheet } from './retry-sheet';

function Cases({
  items,
  chosen,
  onChoose,
}: {
  readonly items: readonly IncidentCase[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (next: ReadonlySet<string>) => void;
}) {
  const { t, said } = useWords();
  const columns = (['case', 'state', 'step', 'times', 'tries', 'effects'] as const).map((name) =>
    t(`ops.group.${name}`),
  );
  return (
    <PickTable
      items={items}
      idOf={({ caseId }) => caseId}
      columns={columns}
      chosen={chosen}
      onChoose={onChoose}
      className="incident-cases"
    >
      {({ caseId, type, office, incident, texts, effects }) => (
        <>
          <th scope="row">
            <CaseName id={caseId} type={type} />
            <small className="under">{named('offices', office)}</small>
          </th>
          <td>
            {said(texts.status)}
            {incident.retrying && <small className="under">{t('ops.group.retrying')}</small>}
          </td>
          <td>{said(texts.step)}</td>
          <td>
            <time dateTime={incident.since}>{since(incident.since)}</time>
            <small className="under">
              <time dateTime={incident.last}>{since(incident.last)}</time>
            </small>
          </td>
          <td>{number(incident.attempts)}</td>
          <td>
            <EffectKinds effects={effects} />
          </td>
        </>
      )}
    </PickTable>
  );
}

async function casesOf(scope: Scope, pages: number, signal: AbortSignal) {
  const items: IncidentCase[] = [];
  let next: string | null = null;
  for (let page = 0; page < pages && (page === 0 || next !== null); page++) {
    const more: { items: IncidentCase[]; next: string | null } = await get('/v1/ops/incident-cases', {
      query: { ...scope, ...(next === null ? {} : { after: next }) },
      signal,
    });
    items.push(...more.items);
    next = more.next;
  }
  return { items, next };
}

/** The cases behind one cause, one by one. */
export function GroupPage() {
  const { t } = useWords();
  const { query } = usePlace();
  const scope = scopeOf(query);
  const about = queryOf(scope);
  const [pages, setPages] = useState(1);
  const [chosenIds, setChosenIds] = useKept<readonly string[]>(`group/${about}`, []);
  const chosen = new Set(chosenIds);
  const setChosen = (next: ReadonlySet<string>): void => setChosenIds([...next]);
  // What was chosen when the sheet opened: a case that moves on meanwhile is missing in its preview, and not in what it is about.
  const [retry, setRetry] = useState<'all' | readonly string[] | undefined>();
  const group = useLoad(`group/${about}`, async (signal) => {
    const [groups, cases] = await Promise.all([
      get('/v1/ops/incidents', { query: scope, signal }),
      casesOf(scope, pages, signal),
    ]);
    return { groups: groups.items, ...cases };
  });
  const live = useChanges(group.reload, group.loading);
  const first = group.data?.groups[0];
  const title = first
    ? causeOf(first)
    : scope.source && scope.code
      ? causeOf({ source: scope.source, code: scope.code })
      : t('ops.tabs.incidents');
  useTitle(title);
  const items = group.data?.items ?? [];
  const picked = items.filter(({ caseId }) => chosen.has(caseId)).map(({ caseId }) => caseId);
  const total = (group.data?.groups ?? []).reduce((sum, each) => sum + each.cases - each.retrying, 0);

  return (
    <>
      <Link to="/ops" className="back">
        <Icon name="back" turns />
        {t('ops.group.back')}
      </Link>
      <Head title={title} live={live}>
        {total > 0 && (
          <Button
            className={first?.remedy.action === 'retry' ? 'button primary' : 'button'}
            onPress={() => setRetry('all')}
          >
            {t('ops.incidents.retryGroup', { cases: caseCount(total) })}
          </Button>
        )}
      </Head>
      <Shown loaded={group} rows={10}>
        {({ groups, next }) =>
          items.length === 0 ? (
            <Empty title={t('ops.group.gone')}>
              <p>{t('ops.group.goneText')}</p>
            </Empty>
          ) : (
            <>
              {groups.map((each) => (
                <section key={`${each.kind}/${each.code}`} className={`incident-group ${each.kind} lone`}>
                  <p className="incident-facts">
                    <span className={`kind ${each.kind}`}>{named('ops.kinds', each.kind)}</span>{' '}
                    {t('ops.sinceCount', { cases: caseCount(each.cases), at: since(each.since) })} ·{' '}
                    {t('ops.incidents.last')} {since(each.last)}
                    {each.retrying > 0 && ` · ${t('ops.incidents.retryingNow', { cases: caseCount(each.retrying) })}`}
                  </p>
                  <p className="incident-said">
                    {t('ops.incidents.said')}: <bdi dir="ltr">{each.message}</bdi>
                  </p>
                  <RemedyText remedy={each.remedy} />
                </section>
              ))}
              <div className="list">
                <Cases items={items} chosen={chosen} onChoose={setChosen} />
                {next !== null && (
                  <Button
                    className="button more"
                    onPress={() => {
                      setPages(pages + 1);
                      group.reload();
                    }}
                  >
                    {t('ops.more')}
                  </Button>
                )}
              </div>
            </>
          )
        }
      </Shown>
      {picked.length > 0 && (
        <div className="bulk-bar" role="region" aria-label={t('team.bulk')}>
          <b>{t('ops.group.selected', { cases: caseCount(picked.length) })}</b>
          <Button className="button primary" onPress={() => setRetry(picked)}>
            {t('ops.group.retrySelected')}
          </Button>
          <Button className="button quiet" onPress={() => setChosen(new Set())}>
            {t('team.clear')}
          </Button>
        </div>
      )}
      {retry && (
        <RetrySheet {...(retry === 'all' ? { scope } : { cases: retry })} onClose={() => setRetry(undefined)} />
      )}
    </>
  );
}
