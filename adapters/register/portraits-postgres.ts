import type { Database } from '../postgres/database';
import type { EnrolledPortrait, EnrolledPortraits } from './portraits-port';

const OF = `SELECT document_ref AS "documentRef", to_char(taken_on, 'YYYY-MM-DD') AS "takenOn" FROM enrolled_portraits WHERE person = $1`;
const KEEP = `INSERT INTO enrolled_portraits (person, document_ref, taken_on) VALUES ($1, $2, $3) ON CONFLICT (person) DO NOTHING`;

export function createEnrolledPortraits(database: Database): EnrolledPortraits {
  const db = database.from('register');
  return {
    async of(person) {
      const [found] = await db.query<EnrolledPortrait>({ name: 'portrait-of', text: OF, values: [person] });
      return found ?? null;
    },
    async keep(person, { documentRef, takenOn }) {
      await db.query({ name: 'portrait-keep', text: KEEP, values: [person, documentRef, takenOn] });
    },
  };
}
