import { useState } from 'react';
import { Button } from 'react-aria-components';
import { get } from '../api/client';
import { useLoad } from '../api/hooks';
import { calledBy } from '../colleagues';
import { inDigits, moment, shortId } from '../format';
import { Link } from '../ui/link';
import { Empty, Shown } from '../ui/state';
import { named, useWords } from '../words';
import { since, type Act } from './parts';
import { Head, useTitle } from './pieces';

async function actsOf(pages: number, signal: AbortSignal): Promise<{ items: readonly Act[]; next: number | null }> {
  const items: Act[] = [];
  let next: number | null = null;
  for (let page = 0; page < pages && (page === 0 || next !== null); page++) {
    const more: { items: Act[]; next: number | null } = await get('/v1/ops/acts', {
      ...(next === null ? {} : { query: { before: String(next) } }),
      signal,
    });
    items.push(...more.items);
    next = more.next;
  }
  return { items, next };
}

function About({ about }: Pick<Act, 'about'>) {
  return (
    <>
      {Object.entries(about).map(([name, value]) => (
        <span key={name} className="act-detail">
          {named('ops.acts.details', name)}:{' '}
          {name === 'case' ? (
            <Link to={`/ops/cases/${value}`}>
              <bdi className="number">{shortId(String(value))}</bdi>
            </Link>
          ) : (
            <bdi dir="ltr">{typeof value === 'number' ? inDigits(String(value)) : value}</bdi>
          )}
        </span>
      ))}
    </>
  );
}

/** What operators did to the system as a whole, the newest first, with who and why. */
export function ActsPage() {
  const { t } = useWords();
  const [pages, setPages] = useState(1);
  const acts = useLoad(`acts/${pages}`, (signal) => actsOf(pages, signal));
  useTitle(t('ops.tabs.acts'));
  return (
    <>
      <Head title={t('ops.tabs.acts')}>
        <Button className="button" onPress={acts.reload}>
          {t('ops.reload')}
        </Button>
      </Head>
      <p className="muted panel-text">{t('ops.acts.text')}</p>
      <Shown loaded={acts} rows={8}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title={t('ops.acts.none')} />
          ) : (
            <section className="panel">
              <div className="scroll" tabIndex={0} role="region" aria-label={t('ops.acts.list')}>
                <table className="numbers acts">
                  <thead>
                    <tr>
                      <th scope="col">{t('ops.acts.at')}</th>
                      <th scope="col">{t('ops.acts.whatHead')}</th>
                      <th scope="col">{t('ops.acts.about')}</th>
                      <th scope="col">{t('ops.acts.who')}</th>
                      <th scope="col">{t('ops.acts.why')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map(({ seq, at, what, about, actor, reason }) => (
                      <tr key={seq}>
                        <td>
                          <time dateTime={at} title={moment(at)}>
                            {since(at)}
                          </time>
                        </td>
                        <th scope="row">{named('ops.acts.what', what)}</th>
                        <td>
                          <About about={about} />
                        </td>
                        <td>
                          <bdi>{calledBy(actor.id, undefined)}</bdi>
                        </td>
                        <td>
                          {reason === null ? (
                            <span className="muted">{t('ops.acts.forgotten')}</span>
                          ) : (
                            <bdi>{reason}</bdi>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {next !== null && (
                <Button className="button more" onPress={() => setPages(pages + 1)} isDisabled={acts.loading}>
                  {t('ops.more')}
                </Button>
              )}
            </section>
          )
        }
      </Shown>
    </>
  );
}
