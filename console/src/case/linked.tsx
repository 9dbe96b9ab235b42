import type { Evidence, Schemas } from '../api/client';
import { date, moment, shortId } from '../format';
import { Link } from '../ui/link';
import { named, useWords } from '../words';
import { whoDid } from './history';
import { Differing, SaidValue } from './sources';

/** What whoever filed the case says, word for word. */
function Words({ statement }: { readonly statement: Schemas['FilerStatement'] }) {
  const { said } = useWords();
  return (
    <section className="panel">
      <h2>{said(statement.title)}</h2>
      <blockquote className="said large" dir="auto">
        {statement.text}
      </blockquote>
    </section>
  );
}

/** The decision that is appealed, with its reasons. */
function Appealed({ appealed }: { readonly appealed: Schemas['AppealedCase'] }) {
  const { t, said } = useWords();
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{t('linked.appealed')}</h2>
        <Link to={`/cases/${appealed.caseId}`}>
          {said(appealed.type)} <bdi>{shortId(appealed.caseId)}</bdi>
        </Link>
      </header>
      <p>
        {said(appealed.status)}
        {appealed.closedAt && ` · ${date(appealed.closedAt)}`}
      </p>
      {appealed.rejectedFor.length > 0 && (
        <>
          <h3 className="small-head">{t('linked.rejectedFor')}</h3>
          <ul className="reasons">
            {appealed.rejectedFor.map(({ rule, text }) => (
              <li key={rule}>{said(text)}</li>
            ))}
          </ul>
        </>
      )}
      {appealed.decisions.map(({ what, at, by, rules, reason }) => (
        <div key={`${at}${what}`} className="decision">
          <b>{named('decisions', what)}</b>
          <span>
            {t('case.by', { who: whoDid({ actor: by }) })}
            {at && ` · ${moment(at)}`}
          </span>
          {rules.length > 0 && rules.length < 4 && <span>{rules.map(({ text }) => said(text)).join(' · ')}</span>}
          {reason && (
            <blockquote className="said" dir="auto">
              {reason}
            </blockquote>
          )}
        </div>
      ))}
    </section>
  );
}

/** The entry as it stands beside what is to stand. */
function Amended({ amended }: { readonly amended: Schemas['AmendedEntry'] }) {
  const { t, said } = useWords();
  const revoked = amended.what === 'revocation';
  return (
    <section className="panel">
      <h2>{t(`linked.${amended.what}`)}</h2>
      {revoked && <p className="source-note">{t('linked.revoked')}</p>}
      <table className="compare sources">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('linked.before')}</th>
            {!revoked && <th scope="col">{t('linked.after')}</th>}
          </tr>
        </thead>
        <tbody>
          {amended.rows.map(({ field, label, before, after, changes }) => (
            <tr key={field} className={changes ? 'differs' : undefined}>
              <th scope="row">{said(label)}</th>
              <td data-source={t('linked.before')}>
                {revoked ? (
                  <s>
                    <SaidValue of={before} />
                  </s>
                ) : (
                  <SaidValue of={before} />
                )}
              </td>
              {!revoked && (
                <td data-source={t('linked.after')}>
                  <Differing when={changes}>
                    <SaidValue of={after} />
                  </Differing>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What a case that follows from another one is about: nobody decides it without having read that. */
export function LinkedPanels({ evidence }: { readonly evidence: Evidence }) {
  const { statement, appealed, amended } = evidence;
  return (
    <>
      {amended && <Amended amended={amended} />}
      {statement && <Words statement={statement} />}
      {appealed && <Appealed appealed={appealed} />}
    </>
  );
}
