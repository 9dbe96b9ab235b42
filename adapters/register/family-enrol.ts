import type { FamilyLimits } from '../../domain/family/objections';
import { peopleIn, type FamilyEvent } from '../../domain/family/record';
import type { Database } from '../postgres/database';
import { enter, entryUnder, lockPeople, objectTo } from './family-writes';

/** What was true before this register was is taken as it stands, within what was ever allowed; how old parents were is not asked. */
const ON_RECORD: FamilyLimits = { wives: 4, husbands: 1, parentAge: 0, posthumousDays: 305 };

/** Family ties that were on record before this register was; and which person a member of staff is. Entered again, nothing changes. */
export function createFamilyEnrol(database: Database) {
  const db = database.from('register');
  return {
    async ties(events: readonly FamilyEvent[]): Promise<void> {
      for (const event of events) {
        const key = `tie:${[event.kind, 'as' in event ? event.as : '', ...peopleIn(event)].join(':')}`;
        await db.transaction(async (session) => {
          await lockPeople(session, peopleIn(event));
          if (await entryUnder(session, key)) return;
          await objectTo(session, event, ON_RECORD);
          await enter(session, { key, caseId: null, event });
        });
      }
    },
    async staff(staff: string, person: string): Promise<void> {
      await db.query({
        text: 'INSERT INTO staff_persons (staff, person) VALUES ($1, $2) ON CONFLICT (staff) DO UPDATE SET person = $2',
        values: [staff, person],
      });
    },
    async unpaidFines(person: string, unpaid: boolean): Promise<void> {
      await db.query({ text: 'UPDATE persons SET unpaid_fines = $2 WHERE person = $1', values: [person, unpaid] });
    },
  };
}
