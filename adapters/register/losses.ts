import type { LocalDate } from '../../domain/time';
import type { Session } from '../postgres/database';
import type { CardLoss, HeldDocumentType } from './port';

const REPORT = `SELECT type, "lostOn", "reportedOn", before, fresh FROM register_report_lost($1, $2, $3, $4)`;

interface Row extends CardLoss {
  readonly type: HeldDocumentType;
  readonly fresh: boolean;
}

/** On a session of the caller's, where the report belongs to a transaction. `fresh`: it is this report that the card is lost by. */
export async function reportLost(
  session: Session,
  order: { person: string; serial: string; lostOn: LocalDate; caseId: string | null },
): Promise<Row> {
  const [row] = await session.query<Row>({
    name: 'register-report-lost',
    text: REPORT,
    values: [order.person, order.serial, order.lostOn, order.caseId],
  });
  if (!row) throw new RangeError('a report of a loss gave no answer');
  return row;
}
