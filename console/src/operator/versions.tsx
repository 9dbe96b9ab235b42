import { Fragment, useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { useLoad } from '../api/hooks';
import { titleOf, typeNamed } from '../case-types';
import { moment, shortDate } from '../format';
import { setQuery, usePlace } from '../router';
import { Empty, Shown } from '../ui/state';
import { named, said, useWords } from '../words';
import { CodePanel, Count } from './code-versions';
import { since, type CaseVersion, type Versions } from './parts';
import { CaseName, Head, useTitle } from './pieces';

const typeName = (type: string): string => {
  const known = typeNamed(type);
  return known ? said(titleOf(known)) : type;
};

function PolicyPanel({ policies }: Versions) {
  const { t } = useWords();
  const { query } = usePlace();
  const [type, policy] = [query.get('type'), query.get('policy')];
  const most = Math.max(0, ...policies.map(({ cases }) => cases));
  const only = (next: { type: string; policyVersion: string } | undefined): void => {
    setQuery('type', next?.type);
    setQuery('policy', next?.policyVersion);
  };
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{t('ops.versions.policies')}</h2>
        {(type !== null || policy !== null) && (
          <Button className="button quiet small" onPress={() => only(undefined)}>
            {t('ops.versions.everyType')}
          </Button>
        )}
      </header>
      {policies.length === 0 ? (
        <p className="muted">{t('ops.versions.noneOpen')}</p>
      ) : (
        <table className="numbers">
          <thead>
            <tr>
              <th scope="col">{t('ops.versions.type')}</th>
              <th scope="col">{t('ops.versions.version')}</th>
              <th scope="col">{t('ops.versions.oldest')}</th>
              <th scope="col">{t('ops.versions.open')}</th>
            </tr>
          </thead>
          <tbody>
            {policies.map((each) => {
              const here = each.type === type && each.policyVersion === policy;
              return (
                <tr key={`${each.type}/${each.policyVersion}`} aria-selected={here}>
                  <th scope="row">
                    <Button
                      className="button quiet small"
                      aria-pressed={here}
                      onPress={() => only(here ? undefined : each)}
                    >
                      {typeName(each.type)}
                    </Button>
                  </th>
                  <td>
                    <bdi dir="ltr">{each.policyVersion}</bdi>
                  </td>
                  <td>{shortDate(each.oldest)}</td>
                  <td>
                    <Count count={each.cases} most={most} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

async function casesOf(filter: { type?: string; policyVersion?: string }, pages: number, signal: AbortSignal) {
  const items: CaseVersion[] = [];
  let next: string | null = null;
  for (let page = 0; page < pages && (page === 0 || next !== null); page++) {
    const more: { items: CaseVersion[]; next: string | null } = await get('/v1/ops/case-versions', {
      query: { ...filter, ...(next === null ? {} : { after: next }) },
      signal,
    });
    items.push(...more.items);
    next = more.next;
  }
  return { items, next };
}

function CasesPanel() {
  const { t } = useWords();
  const { query } = usePlace();
  const [pages, setPages] = useState(1);
  const [type, policy] = [query.get('type'), query.get('policy')];
  const cases = useLoad(`case-versions/${type ?? ''}/${policy ?? ''}/${pages}`, (signal) =>
    casesOf({ ...(type ? { type } : {}), ...(policy ? { policyVersion: policy } : {}) }, pages, signal),
  );
  return (
    <section className="panel">
      <h2>{t('ops.versions.cases')}</h2>
      <Shown loaded={cases}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title={t('ops.versions.noneOpen')} />
          ) : (
            <>
              <table className="numbers case-versions">
                <thead>
                  <tr>
                    <th scope="col">{t('ops.group.case')}</th>
                    <th scope="col">{t('ops.versions.status')}</th>
                    <th scope="col">{t('ops.versions.code')}</th>
                    <th scope="col">{t('ops.versions.policies')}</th>
                    <th scope="col">{t('ops.versions.filed')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ caseId, type: of, texts, engine, policyVersion, filedAt }) => (
                    <tr key={caseId}>
                      <th scope="row">
                        <CaseName id={caseId} type={of} />
                      </th>
                      <td>{said(texts.status)}</td>
                      <td>
                        {engine === null ? (
                          <b className="late">{t('ops.why.unknownRun')}</b>
                        ) : (
                          <Fragment>
                            {engine.workerVersion === null ? '' : <bdi dir="ltr">{engine.workerVersion}</bdi>}{' '}
                            <small>{named('ops.versions.behaviours', engine.behaviour)}</small>
                          </Fragment>
                        )}
                      </td>
                      <td>
                        <bdi dir="ltr">{policyVersion}</bdi>
                      </td>
                      <td>
                        <time dateTime={filedAt} title={moment(filedAt)}>
                          {shortDate(filedAt)}
                        </time>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {next !== null && (
                <Button className="button more" onPress={() => setPages(pages + 1)}>
                  {t('ops.more')}
                </Button>
              )}
            </>
          )
        }
      </Shown>
    </section>
  );
}

function WorkersPanel({ workers }: Versions) {
  const { t } = useWords();
  return (
    <section className="panel">
      <h2>{t('ops.versions.workers')}</h2>
      {workers.length === 0 ? (
        <p className="late" role="alert">
          {t('ops.versions.noWorkers')}
        </p>
      ) : (
        <ul className="workers">
          {workers.map(({ identity, lastSeen, buildId }) => (
            <li key={identity}>
              <bdi dir="ltr" className="mono">
                {identity}
              </bdi>{' '}
              {buildId !== undefined && (
                <bdi dir="ltr" className="chip">
                  {buildId}
                </bdi>
              )}{' '}
              <small>
                {t('ops.versions.lastSeen')} {since(lastSeen)}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Which code and which policy run, and for which cases. */
export function VersionsPage() {
  const { t } = useWords();
  const { query } = usePlace();
  const versions = useLoad('versions', (signal) => get('/v1/ops/versions', { signal }));
  useTitle(t('ops.tabs.versions'));
  return (
    <>
      <Head title={t('ops.tabs.versions')}>
        <Button className="button" onPress={versions.reload}>
          {t('ops.reload')}
        </Button>
      </Head>
      <Shown loaded={versions}>
        {(data) => (
          <>
            <div className="half">
              <CodePanel {...data} changed={versions.set} />
              <PolicyPanel {...data} />
            </div>
            <CasesPanel key={`${query.get('type')}/${query.get('policy')}`} />
            <WorkersPanel {...data} />
          </>
        )}
      </Shown>
    </>
  );
}
