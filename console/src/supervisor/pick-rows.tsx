import { shortId } from '../format';
import { calledBy } from '../colleagues';
import type { CaseListItem } from '../api/client';
import { ReviewWhy, Status } from '../queue/rows';
import { Link } from '../ui/link';
import { PickTable } from '../ui/pick-table';
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
  const columns = (['case', 'status', 'waits', 'by', 'deadline'] as const).map((name) => t(`queue.${name}`));
  return (
    <PickTable
      items={items}
      idOf={({ id }) => id}
      columns={columns}
      chosen={chosen}
      onChoose={onChoose}
      rowClass={({ overdue }) => (overdue ? 'overdue' : undefined)}
    >
      {({ id, type, texts, status, waitingFor, claimedBy, claimedByName, review }) => (
        <>
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
        </>
      )}
    </PickTable>
  );
}
