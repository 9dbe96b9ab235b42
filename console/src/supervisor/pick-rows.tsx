import { shortId } from '../format';
import { calledBy } from '../colleagues';
import type { CaseListItem } from '../api/client';
import { ReviewWhy, Status } from '../queue/rows';
import { Link } from '../ui/link';
import { TimeLeft } from '../ui/time-left';
import { useWords } from '../words';

/** Cases of which several can be chosen. */
export function PickRows({
  items,
  now,
  chosen,
  onChoose,
}: {
  readonly items: readonly CaseListItem[];
  readonly now: number;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (next: ReadonlySet<string>) => void;
}) {
  const { t, said } = useWords();
  const all = items.every(({ id }) => chosen.has(id));
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <table className="pick">
      <thead>
        <tr>
          <th scope="col">
            <input
              type="checkbox"
              aria-label={t('team.selectAll')}
              checked={all}
              onChange={() => onChoose(all ? new Set() : new Set(items.map(({ id }) => id)))}
            />
          </th>
          <th scope="col">{t('queue.case')}</th>
          <th scope="col">{t('queue.status')}</th>
          <th scope="col">{t('queue.waits')}</th>
          <th scope="col">{t('queue.by')}</th>
          <th scope="col">{t('queue.deadline')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, type, texts, status, waitingFor, claimedBy, claimedByName, overdue, review }) => (
          <tr key={id} className={overdue ? 'overdue' : undefined} aria-selected={chosen.has(id)}>
            <td>
              <input
                type="checkbox"
                aria-label={`${t('team.select')} ${shortId(id)}`}
                checked={chosen.has(id)}
                onChange={() => toggle(id)}
              />
            </td>
            <th scope="row">
              <Link to={`/cases/${id}`} data-case={id}>
                {said(texts.type)}
              </Link>{' '}
              <bdi className="number">{shortId(id)}</bdi>
            </th>
            <td>
              <Status status={status} text={said(texts.status)} />
            </td>
            <td>
              {waitingFor ? said(waitingFor.text) : ''}
              <small className="row-why">
                <ReviewWhy type={type} review={review} />
              </small>
            </td>
            <td>{claimedBy && <bdi className="chip">{calledBy(claimedBy, claimedByName)}</bdi>}</td>
            <td>{waitingFor?.until && <TimeLeft until={waitingFor.until} now={now} plain />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
