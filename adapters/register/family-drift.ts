import { foldRecord } from '../../domain/family/record';
import type { LocalDate } from '../../domain/time';
import type { Database, Source } from '../postgres/database';
import { entriesAbout } from './family-reads';

const PEOPLE = `SELECT p.person, p.died_on AS "diedOn",
    (SELECT (e.facts ->> 'diedOn')::date FROM register_entries e WHERE e.person = p.person AND e.kind = 'person-enrolled') AS "enrolledDead",
    ARRAY (SELECT concat_ws('|', l.person, l.relative, l.kind, l.valid_from, l.valid_to) FROM family_links l
      WHERE l.person = p.person OR l.relative = p.person) AS links
  FROM persons p WHERE p.person > $1 ORDER BY p.person LIMIT 1000`;

interface PersonRow {
  readonly person: string;
  readonly diedOn: LocalDate | null;
  /** Of somebody who was dead when the register took them in: no entry about a family says so. */
  readonly enrolledDead: LocalDate | null;
  readonly links: readonly string[];
}

async function isItsFold(db: Source, { person, diedOn, enrolledDead, links }: PersonRow): Promise<boolean> {
  const record = foldRecord(await entriesAbout(db, person));
  const folded = record.links
    .filter((link) => link.person === person || link.relative === person)
    .map((link) => [link.person, link.relative, link.kind, link.from, ...(link.to ? [link.to] : [])].join('|'));
  return (
    folded.sort().join() === [...links].sort().join() && diedOn === (record.people[person]?.diedOn ?? enrolledDead)
  );
}

/**
 * The people (references) whose ties and death are not what the entries about them come to; none in a sound register. Walks
 * everybody, so it is for a bench or a night: events that are entered meanwhile may be taken for drift.
 */
export async function familyDrift(database: Database): Promise<string[]> {
  const db = database.from('register');
  const drifted: string[] = [];
  for (let last = ''; ;) {
    const rows = await db.query<PersonRow>({ text: PEOPLE, values: [last] });
    const after = rows.at(-1)?.person;
    if (after === undefined) return drifted;
    for (const row of rows) if (!(await isItsFold(db, row))) drifted.push(row.person);
    last = after;
  }
}
