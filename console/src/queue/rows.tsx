import { moment, shortDate, shortId } from '../format';
import { calledBy } from '../colleagues';
import type { CaseListItem } from '../api/client';
import { ruleOf } from '../case-types';
import { Link } from '../ui/link';
import { TimeLeft } from '../ui/time-left';
import { named, useWords } from '../words';

export const toneOf = (status: string): string => {
  if (status === 'INCIDENT') return 'bad';
  if (status === 'ON_HOLD') return 'held';
  if (/REJECT|EXPIRED|CANCEL|UNCOLLECTED|REFUSED/.test(status)) return 'ended';
  if (/COMPLETED|REGISTERED|DELIVERED|COLLECTED|APPROVED/.test(status)) return 'good';
  if (/REVIEW|COMMITTEE/.test(status)) return 'work';
  return 'quiet';
};

export function Status({ status, text }: { readonly status: string; readonly text: string }) {
  return <span className={`status ${toneOf(status)}`}>{text}</span>;
}

/** Why a person has to look, in few words: what tells one case in review from another. */
export function ReviewWhy({ type, review }: Pick<CaseListItem, 'type' | 'review'>) {
  const { t, said } = useWords();
  if (!review) return null;
  const why = review.why.map((code) => {
    const short = named('reviewWhy', code);
    const rule = ruleOf(type, code);
    return short === code && rule ? said(rule) : short;
  });
  return (
    <>
      {review.recommended && <span className="chip alarm">{t('queue.recommended')}</span>}
      {review.escalated && <span className="chip alarm">{t(`queue.escalated.${review.escalated}`)}</span>}
      {why.length > 0 && <span>{why.join(' · ')}</span>}
    </>
  );
}

function Heads() {
  const { t } = useWords();
  const heads = ['case', 'status', 'waits', 'office_', 'by', 'filed', 'deadline'] as const;
  return (
    <div className="row heads" aria-hidden="true">
      {heads.map((each) => (
        <span key={each} className={`head-${each}`}>
          {t(`queue.${each}`)}
        </span>
      ))}
    </div>
  );
}

/** Each row says of itself what its columns are called above it. */
export function CaseRows({
  items,
  now,
  me,
}: {
  readonly items: readonly CaseListItem[];
  readonly now: number;
  readonly me: string | undefined;
}) {
  const { t, said } = useWords();
  return (
    <div className="rows">
      <Heads />
      <ul aria-label={t('queue.list')}>
        {items.map((item) => {
          const { id, texts, status, waitingFor, claimedBy, claimedByName, filedAt, office, channel, overdue } = item;
          return (
            <li key={id} className={overdue ? 'overdue' : undefined}>
              <Link to={`/cases/${id}`} className="row" data-case={id}>
                <span className="row-what">
                  <b>{said(texts.type)}</b>
                  <bdi className="number">{shortId(id)}</bdi>
                </span>
                <Status status={status} text={said(texts.status)} />
                <span className="row-wait">
                  <span>{waitingFor ? said(waitingFor.text) : ''}</span>
                  <small>
                    <ReviewWhy type={item.type} review={item.review} />
                  </small>
                </span>
                <span className="row-where">
                  {named('offices', office)}
                  <small>{named('channels', channel)}</small>
                </span>
                <span className="row-by">
                  {claimedBy === null ? (
                    ''
                  ) : (
                    <span className={claimedBy === me ? 'chip mine' : 'chip'}>
                      <bdi>{claimedBy === me ? t('queue.you') : calledBy(claimedBy, claimedByName)}</bdi>
                    </span>
                  )}
                </span>
                <time className="row-filed" dateTime={filedAt} title={moment(filedAt)}>
                  {shortDate(filedAt)}
                </time>
                <span className="row-left">
                  {waitingFor?.until ? <TimeLeft until={waitingFor.until} now={now} plain /> : ''}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
