import { OutsideFailure } from '../../domain/failures';
import { peopleIn, type FamilyEvent } from '../../domain/family/record';
import type { Source } from '../postgres/database';
import type { FamilyPeople } from './family-people';
import type { FamilyRegister } from './family-port';
import { standingByNotice } from './family-reads';
import { enter, entryUnder, lockParents, lockPeople, objectTo, refusedBy } from './family-writes';
import { sealName } from './record';

/** Enters an event once, with whoever is born by it, after everything that could stand against it has been looked at under its locks. */
export async function registerEvent(
  db: Source,
  people: FamilyPeople,
  { key, caseId, event, notice, child, limits }: Parameters<FamilyRegister['register']>[0],
): ReturnType<FamilyRegister['register']> {
  const before = await entryUnder(db, key);
  const expected =
    before === undefined && event.kind === 'birth' && child ? await people.expect(event, child) : undefined;
  return db.transaction(async (session) => {
    if (event.kind === 'member-identification') await lockParents(session);
    await lockPeople(session, event.kind === 'birth' ? [event.father, event.mother] : peopleIn(event));
    const made = await entryUnder(session, key);
    if (made)
      return { registration: key, ...(made.facts.kind === 'birth' ? { child: made.facts.child as string } : {}) };
    if (notice && (await standingByNotice(session, notice))) throw refusedBy('already-reported');
    if (event.kind === 'birth' && !expected)
      throw new OutsideFailure('defect', 'register', 'child-missing', 'a birth comes with the child');
    const whole: FamilyEvent = event.kind === 'birth' ? { ...event, child: expected?.person ?? '' } : event;
    await objectTo(session, whole, limits);
    const entry = await enter(session, {
      key,
      caseId,
      event: whole,
      ...(notice ? { notice } : {}),
      ...(expected ? { sealed: sealName(expected.key, expected.person, expected.record) } : {}),
    });
    if (expected) await people.addPerson(session, expected, entry);
    return { registration: key, ...(expected ? { child: expected.person } : {}) };
  });
}
