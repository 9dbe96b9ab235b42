import type { Beneficiary } from '../../domain/identity-number';
import { THRESHOLDS, thresholdDue } from '../../domain/services/reminders';
import { addDays, type LocalDate } from '../../domain/time';
import type { Database } from '../postgres/database';
import type { DueReminder, Preferences, Reminders } from './port';

/** A page costs the same wherever it begins; the thresholds that are due are worked out from the day in one array for all of it. */
const PAGE = `WITH page AS (
    SELECT c.serial, c.person, c.type, c.expires_on,
      (SELECT min(t) FROM unnest($5::int[]) t WHERE c.expires_on - $1::date <= t) AS threshold, c.replaced_by
    FROM cards c WHERE c.status = 'valid' AND (c.expires_on, c.serial) > ($2::date, $3) AND c.expires_on <= $4
    ORDER BY c.expires_on, c.serial LIMIT $6)
  SELECT g.serial, g.person, g.type, g.expires_on AS "expiresOn", p.beneficiary,
    (g.type <> 'visit-visa' AND p.died_on IS NULL AND g.replaced_by IS NULL AND r.serial IS NULL AND coalesce(w.reminders, true)
      AND NOT EXISTS (SELECT FROM cases k WHERE k.subject = g.person AND k.type = 'id-renewal' AND k.closed_at IS NULL)) AS due
  FROM page g JOIN persons p USING (person)
    LEFT JOIN reminders r ON r.serial = g.serial AND r.threshold = g.threshold
    LEFT JOIN preferences w ON w.person = g.person
  ORDER BY g.expires_on, g.serial`;

const NOTE = `WITH noted AS (
    INSERT INTO reminders (serial, threshold, person, at, outcome) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (serial, threshold) DO NOTHING RETURNING 1)
  INSERT INTO service_log (at, service, what, outcome, channel, client, beneficiary, person, ref)
  SELECT $4, 'reminders', 'reminder', $5, 'tajdid', 'tajdid', $6, $3, $7 FROM noted`;

interface Row {
  readonly serial: string;
  readonly person: string;
  readonly type: DueReminder['type'];
  readonly expiresOn: LocalDate;
  readonly beneficiary: Beneficiary;
  readonly due: boolean;
}

export function createReminders(database: Database): Reminders {
  const db = database.from('register');
  return {
    async page(today, after, limit) {
      const from = after ?? { expiresOn: addDays(today, -1), serial: '\uffff' };
      const values = [today, from.expiresOn, from.serial, addDays(today, THRESHOLDS[0]), [...THRESHOLDS], limit];
      const rows = await db.query<Row>({ name: 'reminder-page', text: PAGE, values });
      const due = rows.flatMap(({ due: isDue, ...row }) => {
        const threshold = thresholdDue(row.expiresOn, today);
        return isDue && threshold !== undefined ? [{ ...row, threshold }] : [];
      });
      const last = rows.at(-1);
      return {
        due,
        walked: rows.length,
        cursor: last && rows.length === limit ? { expiresOn: last.expiresOn, serial: last.serial } : null,
      };
    },
    async note({ serial, threshold, person, beneficiary }, outcome, at) {
      await db.query({
        name: 'reminder-note',
        text: NOTE,
        values: [serial, threshold, person, at, outcome, beneficiary, `${serial}:${threshold}`],
      });
    },
  };
}

const WANTS = 'SELECT reminders FROM preferences WHERE person = $1';
const SET = `INSERT INTO preferences (person, reminders, at) VALUES ($1, $2, $3)
  ON CONFLICT (person) DO UPDATE SET reminders = excluded.reminders, at = excluded.at`;

export function createPreferences(database: Database): Preferences {
  const db = database.from('register');
  return {
    async wantsReminders(person) {
      const [row] = await db.query<{ reminders: boolean }>({ text: WANTS, values: [person] });
      return row?.reminders ?? true;
    },
    async set(person, { reminders }, at) {
      await db.query({ text: SET, values: [person, reminders, at] });
    },
  };
}
