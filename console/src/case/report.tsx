import type { FamilyEvidence, Schemas } from '../api/client';
import { Icon } from '../ui/icon';
import { useWords } from '../words';
import { Differing, SaidValue } from './sources';

const SOURCES = ['reported', 'notice', 'register'] as const;

/** The paper that the report rests on, and whether it could be read. */
function NoticeLine({
  notice,
  again,
}: {
  readonly notice: FamilyEvidence['report']['notice'];
  readonly again: () => void;
}) {
  const { t } = useWords();
  if (notice.state === 'here')
    return (
      <p className="muted">
        {t('report.noticeNumber')} <bdi className="mono">{notice.reference}</bdi>
      </p>
    );
  const text = { missing: t('report.missing'), 'not-read': t('report.notRead'), none: t('report.none') }[notice.state];
  return (
    <p className={notice.state === 'none' ? 'muted' : 'source-note'} role="status">
      {notice.state !== 'none' && <Icon name="alert" />}
      <span>
        {notice.reference && (
          <>
            {t('report.noticeNumber')} <bdi className="mono">{notice.reference}</bdi> ·{' '}
          </>
        )}
        {text}
      </span>
      {notice.state === 'not-read' && (
        <button type="button" className="button quiet small" onClick={again}>
          {t('state.retry')}
        </button>
      )}
    </p>
  );
}

/** Everything that was reported, beside what the notice and the register say of it, with what differs marked. */
export function ReportPanel({ family, again }: { readonly family: FamilyEvidence; readonly again: () => void }) {
  const { t, said } = useWords();
  const { report, mismatches, lateness } = family;
  const late = lateness && lateness.rule !== 'in-time';
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{t('report.title')}</h2>
        {late && <span className="verdict doubt">{said(lateness.text)}</span>}
      </header>
      <NoticeLine notice={report.notice} again={again} />
      {mismatches.length > 0 && (
        <ul className="reasons">
          {mismatches.map(({ rule, text }) => (
            <li key={rule}>
              <Icon name="alert" /> {said(text)}
            </li>
          ))}
        </ul>
      )}
      <table className="compare sources">
        <thead>
          <tr>
            <td />
            {SOURCES.map((source) => (
              <th key={source} scope="col">
                {t(`sources.${source}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row: Schemas['ReportedFact']) => (
            <tr key={row.field} className={row.differs.length > 0 ? 'differs' : undefined}>
              <th scope="row">{said(row.label)}</th>
              {SOURCES.map((source) => (
                <td key={source} data-source={t(`sources.${source}`)} className={row[source] ? undefined : 'silent'}>
                  <Differing when={source !== 'reported' && row.differs.includes(source)}>
                    <SaidValue of={row[source]} />
                  </Differing>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
