import type { Case, FamilyEvidence } from '../api/client';
import type { Loaded } from '../api/hooks';
import { calledBy, useColleagues } from '../colleagues';
import { date, number, shortId } from '../format';
import { preferences } from '../preferences';
import { Link } from '../ui/link';
import { named, useWords } from '../words';
import { ruleSaid } from './action-fields';
import { EvidenceMissing } from './evidence';
import { FamilyTree } from './family-tree';
import { ReportPanel } from './report';

type Told = NonNullable<FamilyEvidence['reported']>;

const FIELDS = ['nameAr', 'nameEn', 'on', 'sex', 'father', 'mother'] as const;

/** Candidates for the same event beside the report, with what differs marked. */
function Candidates({ family }: { readonly family: FamilyEvidence }) {
  const { t } = useWords();
  const name = (ref: string | null): string => {
    const person = family.people.find((each) => each.ref === ref);
    if (!person) return '–';
    return preferences().language === 'ar' ? person.nameAr : person.nameEn;
  };
  const shown = (told: Told | null, field: (typeof FIELDS)[number]): string => {
    if (!told) return '–';
    if (field === 'father' || field === 'mother') return name(told[field]);
    if (field === 'on') return date(told.on);
    if (field === 'sex') return told.sex ? t(`case.${told.sex}`) : '–';
    return told[field];
  };
  const { reported, candidates } = family;
  return (
    <div className="scroll-across" tabIndex={0} role="region" aria-label={t('family.candidates')}>
      <table className="compare">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('family.reported')}</th>
            {candidates.map(({ ref, kind, score }) => (
              <th key={ref} scope="col">
                {kind === 'case' ? (
                  <Link to={`/cases/${ref}`}>{t('family.openReport', { id: shortId(ref) })}</Link>
                ) : (
                  t('family.inRegister')
                )}
                <small>{t('family.score', { n: number(score) })}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FIELDS.map((field) => (
            <tr key={field}>
              <th scope="row">{t(`family.${field}`)}</th>
              <td>{shown(reported, field)}</td>
              {candidates.map(({ ref, told }) => {
                const same = told !== null && reported !== null && told[field] === reported[field];
                return (
                  <td key={ref} className={same ? 'same' : 'differs'}>
                    {same ? <span>{shown(told, field)}</span> : <mark>{shown(told, field)}</mark>}
                    {!same && <span className="visually-hidden"> ({t('family.differs')})</span>}
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('family.why')}</th>
            <td />
            {candidates.map(({ ref, reasons }) => (
              <td key={ref}>
                <ul>
                  {reasons.map(({ rule, points }) => (
                    <li key={rule}>
                      {named('family.rules', rule)} <small>{points > 0 ? `+${number(points)}` : number(points)}</small>
                    </li>
                  ))}
                </ul>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** The evidence of a family case: who is whose kin, consents and votes, and what could be the same event. */
export function FamilyPanel({
  view,
  family,
}: {
  readonly view: Case;
  readonly family: Loaded<FamilyEvidence | undefined>;
}) {
  const { t } = useWords();
  useColleagues();
  if (!view.links.family) return null;
  const { data } = family;
  if (!data) return <EvidenceMissing title={t('family.title')} evidence={family} />;
  const nameOf = (ref: string): string => {
    const person = data.people.find((each) => each.ref === ref);
    return person ? (preferences().language === 'ar' ? person.nameAr : person.nameEn) : '–';
  };
  return (
    <>
      <ReportPanel family={data} again={family.reload} />
      {data.candidates.length > 0 && (
        <section className="panel">
          <h2>{t('family.candidates')}</h2>
          <Candidates family={data} />
        </section>
      )}
      <section className="panel">
        <header className="panel-head">
          <h2>{t('family.title')}</h2>
          <span className="muted">
            {named('family.events', data.event)} · {date(data.on)}
          </span>
        </header>
        <FamilyTree family={data} />
        {data.consents.length > 0 && (
          <dl className="pairs">
            {data.consents.map(({ person, state }) => (
              <div key={person}>
                <dt>{t('family.consent')}</dt>
                <dd>
                  {nameOf(person)} · {named('family.states', state)}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {data.votes.length > 0 && (
          <dl className="pairs">
            {data.votes.map(({ by, vote, rule }) => (
              <div key={by}>
                <dt>
                  {t('family.vote')} <bdi>{calledBy(by, undefined)}</bdi>
                </dt>
                <dd>
                  {named('act.fields', vote)} {rule && `· ${ruleSaid(view.type, rule)}`}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
    </>
  );
}
