import { Refused, type Case, type Evidence } from '../api/client';
import type { Loaded } from '../api/hooks';
import { date, inDigits, number, otherDate, percent } from '../format';
import { Failed, Skeleton } from '../ui/state';
import { Icon } from '../ui/icon';
import { preferences } from '../preferences';
import { named, useWords } from '../words';
import { Photos } from './photos';

const SHARES = new Set(['confidence', 'faceHeightRatio', 'offCentre', 'backgroundWhiteness', 'backgroundEvenness']);
/** Which limits speak about a measurement, and from which side. */
const LIMITS: Readonly<Record<string, readonly { readonly name: string; readonly most: boolean }[]>> = {
  width: [{ name: 'width', most: false }],
  height: [{ name: 'height', most: false }],
  confidence: [{ name: 'confidence', most: false }],
  faceHeightRatio: [
    { name: 'faceHeightAtLeast', most: false },
    { name: 'faceHeightAtMost', most: true },
  ],
  offCentre: [{ name: 'offCentre', most: true }],
  tilt: [{ name: 'tilt', most: true }],
  backgroundWhiteness: [{ name: 'backgroundWhiteness', most: false }],
  backgroundEvenness: [{ name: 'backgroundEvenness', most: false }],
  sharpness: [{ name: 'sharpness', most: false }],
};

type Grade = 'pass' | 'doubt' | 'fail';

function grade(value: number, { pass, fail }: { pass: number; fail: number }, most: boolean): Grade {
  if (most ? value <= pass : value >= pass) return 'pass';
  return (most ? value > fail : value < fail) ? 'fail' : 'doubt';
}

function Measurements({ photo: { measurement, limits } }: { readonly photo: NonNullable<Evidence['photo']> }) {
  const { t } = useWords();
  if (!measurement) return null;
  const shown = (name: string, value: number): string =>
    SHARES.has(name) ? percent(value) : name === 'tilt' ? `${number(value, 1)}°` : number(value);
  const { takenOn, ...measured } = measurement;
  const rows = Object.entries(measured).map(([name, value]) => {
    const of = (LIMITS[name] ?? []).flatMap(({ name: limit, most }) => {
      const bounds = limits[limit];
      return bounds ? [{ most, bounds, grade: grade(value, bounds, most) }] : [];
    });
    const faces: Grade = value === 1 ? 'pass' : 'fail';
    const worst =
      name === 'faces'
        ? faces
        : (of.find((each) => each.grade === 'fail')?.grade ??
          of.find((each) => each.grade === 'doubt')?.grade ??
          'pass');
    return { name, value, of, worst };
  });
  const order: Record<Grade, number> = { fail: 0, doubt: 1, pass: 2 };
  return (
    <table className="measures">
      <caption className="visually-hidden">{t('case.measured')}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('case.measured')}</th>
          <th scope="col">{t('case.value')}</th>
          <th scope="col">{t('case.limits')}</th>
        </tr>
      </thead>
      <tbody>
        {rows
          .sort((a, b) => order[a.worst] - order[b.worst])
          .map(({ name, value, of, worst }) => (
            <tr key={name} className={worst}>
              <th scope="row">
                <Icon name={worst === 'pass' ? 'check' : 'alert'} />
                {named('measures', name)}
              </th>
              <td>{shown(name, value)}</td>
              <td>
                {name === 'faces'
                  ? number(1)
                  : of
                      .map(({ most, bounds }) =>
                        t(most ? 'case.limitMost' : 'case.limit', { n: shown(name, bounds.pass) }),
                      )
                      .join(' · ')}
              </td>
            </tr>
          ))}
        {takenOn && (
          <tr>
            <th scope="row">{t('measures.takenOn')}</th>
            <td colSpan={2}>{date(takenOn)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Person({ evidence: { applicant, card, delivery, reason } }: { readonly evidence: Evidence }) {
  const { t, said } = useWords();
  const { language } = preferences();
  if (!applicant) return <p className="muted">{t('case.erased')}</p>;
  return (
    <div className="person">
      <h3>{language === 'ar' ? applicant.nameAr : applicant.nameEn}</h3>
      <p className="person-other">
        <bdi lang={language === 'ar' ? 'en' : 'ar'}>{language === 'ar' ? applicant.nameEn : applicant.nameAr}</bdi>
      </p>
      <dl className="pairs">
        <div>
          <dt>{t('case.identityNumber')}</dt>
          <dd>
            <span className="visually-hidden">{t('case.endsIn')}</span>{' '}
            <bdi dir="ltr">
              <span aria-hidden="true">••••••</span> {inDigits(applicant.identityNumber)}
            </bdi>
          </dd>
        </div>
        <div>
          <dt>{t('case.birth')}</dt>
          <dd>
            {date(applicant.birthDate)} <small>{otherDate(applicant.birthDate)}</small>
          </dd>
        </div>
        <div>
          <dt>{t('case.birthPlace')}</dt>
          <dd>{language === 'ar' ? applicant.birthPlaceAr : applicant.birthPlaceEn}</dd>
        </div>
        <div>
          <dt>{t('case.nationality')}</dt>
          <dd>
            {said(applicant.nationalityText)} · {t(`case.${applicant.sex}`)}
          </dd>
        </div>
        {card && (
          <div>
            <dt>{t('case.card')}</dt>
            <dd>
              <bdi>{card.serial}</bdi> <small>{t('case.expires', { at: date(card.expiresOn) })}</small>
            </dd>
          </div>
        )}
        {delivery && (
          <div>
            <dt>{t('case.delivery')}</dt>
            <dd>
              {delivery.method === 'courier'
                ? t('case.courier')
                : t('case.pickup', { office: named('offices', delivery.office ?? '') })}
            </dd>
          </div>
        )}
        {reason && (
          <div>
            <dt>{t('case.why')}</dt>
            <dd>{named('case.reasons', reason)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** Evidence that is not here: on its way, not for whoever looks, or out of reach. */
export function EvidenceMissing({
  title,
  evidence: { error, reload },
}: {
  readonly title: string;
  readonly evidence: Loaded<unknown>;
}) {
  const { t } = useWords();
  if (error === undefined)
    return (
      <section className="panel">
        <Skeleton rows={5} />
      </section>
    );
  const forbidden = error instanceof Refused && error.status === 403;
  return (
    <section className="panel">
      <h2>{title}</h2>
      {forbidden ? (
        <p className="muted">{error.code === 'another-office' ? t('case.anotherOffice') : t('case.noEvidence')}</p>
      ) : (
        <Failed error={error} again={reload} />
      )}
    </section>
  );
}

export function EvidencePanel({
  view,
  evidence,
}: {
  readonly view: Case;
  readonly evidence: Loaded<Evidence | undefined>;
}) {
  const { t, said } = useWords();
  const { data } = evidence;
  if (!data) return <EvidenceMissing title={t('case.evidence')} evidence={evidence} />;
  const { photo } = data;
  return (
    <section className="panel evidence">
      <header className="panel-head">
        <h2>{photo ? t('case.evidence') : said(data.part)}</h2>
        {photo?.verdict && <span className={`verdict ${photo.verdict}`}>{t(`case.verdicts.${photo.verdict}`)}</span>}
      </header>
      {photo && (
        <div className="evidence-body">
          <Photos evidence={data} />
          <div className="evidence-facts">
            {photo.reasons.length > 0 && (
              <ul className="reasons">
                {photo.reasons.map(({ rule, text }) => (
                  <li key={rule}>
                    <Icon name="alert" /> {said(text)}
                  </li>
                ))}
              </ul>
            )}
            <Measurements photo={photo} />
          </div>
        </div>
      )}
      {photo && <p className="part">{said(data.part)}</p>}
      <Person evidence={data} />
      {view.review && view.review.rounds > 0 && (
        <p className="muted">{t('case.rounds', { count: view.review.rounds })}</p>
      )}
    </section>
  );
}
