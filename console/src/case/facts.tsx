import type { Case } from '../api/client';
import { calledBy, useColleagues } from '../colleagues';
import { moment, money, otherDate, shortId } from '../format';
import { Link } from '../ui/link';
import { named, useWords } from '../words';

/** What staff filed before the console was a channel has the number of whoever filed it. */
const channelOf = (channel: string): string => {
  const known = named('channels', channel);
  return known === channel ? calledBy(channel, undefined) : known;
};

export function FactsPanel({ view }: { readonly view: Case }) {
  const { t, said } = useWords();
  useColleagues();
  return (
    <section className="panel">
      <h2>{t('case.facts')}</h2>
      <dl className="pairs">
        <div>
          <dt>{t('case.filed')}</dt>
          <dd>
            {moment(view.filedAt)} <small>{otherDate(view.filedAt)}</small>
          </dd>
        </div>
        <div>
          <dt>{t('case.channel')}</dt>
          <dd>{channelOf(view.channel)}</dd>
        </div>
        <div>
          <dt>{t('case.office')}</dt>
          <dd>{named('offices', view.office)}</dd>
        </div>
        <div>
          <dt>{t('case.policy')}</dt>
          <dd>
            <bdi>{view.policyVersion}</bdi>
          </dd>
        </div>
        <div className="long">
          <dt>{t('case.number')}</dt>
          <dd>
            <bdi className="mono">{view.id}</bdi>
          </dd>
        </div>
        {view.parent && (
          <div>
            <dt>{t('case.parent')}</dt>
            <dd>
              <Link to={`/cases/${view.parent}`}>{shortId(view.parent)}</Link>
            </dd>
          </div>
        )}
      </dl>
      {view.quote && view.quote.lines.length > 0 && (
        <table className="quote">
          <caption>{t('case.quote')}</caption>
          <tbody>
            {view.quote.lines.map(({ code, title, amount, refundable }) => (
              <tr key={code}>
                <th scope="row">
                  {said(title)} <small>{t(`case.refundable.${refundable}`)}</small>
                </th>
                <td>{money(amount)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('case.total')}</th>
              <td>{money(view.quote.total)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}
