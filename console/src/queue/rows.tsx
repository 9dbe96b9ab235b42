import { moment, shortDate, shortId } from '../format';
import { calledBy } from '../colleagues';
import type { CaseListItem } from '../api/client';
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

export function CaseRows({
  items,
  now,
  me,
  onFocus,
}: {
  readonly items: readonly CaseListItem[];
  readonly now: number;
  readonly me: string | undefined;
  readonly onFocus?: (index: number) => void;
}) {
  const { t, said } = useWords();
  return (
    <ul className="rows" aria-label={t('queue.list')}>
      {items.map((item, index) => {
        const { id, texts, status, waitingFor, claimedBy, claimedByName, filedAt, office, channel, overdue } = item;
        return (
          <li key={id} className={overdue ? 'overdue' : undefined}>
            <Link to={`/cases/${id}`} className="row" onFocus={() => onFocus?.(index)}>
              <span className="row-what">
                <b>{said(texts.type)}</b>
                <bdi className="number">{shortId(id)}</bdi>
              </span>
              <Status status={status} text={said(texts.status)} />
              <span className="row-wait">{waitingFor ? said(waitingFor.text) : ''}</span>
              <span className="row-where">
                {named('offices', office)}
                <i>{named('channels', channel)}</i>
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
  );
}
