import type { Bilingual } from '../../domain/refusal';
import type { Database } from '../postgres/database';
import type { Staff, StaffMember } from './port';

const REMEMBER = `INSERT INTO staff (id, name_ar, name_en, roles, office, seen_at) VALUES ($1, $2, $3, $4, $5, now())
  ON CONFLICT (id) DO UPDATE SET name_ar = $2, name_en = $3, roles = $4, office = $5, seen_at = now()`;
const NAMES = 'SELECT id, name_ar AS ar, name_en AS en FROM staff WHERE id = ANY ($1)';
const MEMBER = "SELECT id, jsonb_build_object('ar', name_ar, 'en', name_en) AS name, roles, office FROM staff";
const COLLEAGUES = `${MEMBER}
  WHERE $1::text IS NULL OR office IS NULL OR office = $1 ORDER BY id LIMIT 500`;

/** Every list and every case names somebody, and names hardly ever change: milliseconds for which one is not asked again. */
const KNOWN_FOR = 30_000;
const KEPT = 10_000;

export function createStaff(database: Database, now: () => number = Date.now): Staff {
  const db = database.from('case');
  const known = new Map<string, { readonly name: Bilingual | undefined; readonly until: number }>();
  const keep = (id: string, name: Bilingual | undefined): void => {
    if (known.size >= KEPT) known.clear();
    known.set(id, { name, until: now() + KNOWN_FOR });
  };

  return {
    async remember({ id, name, roles, office }) {
      await db.query({ name: 'staff-remember', text: REMEMBER, values: [id, name.ar, name.en, roles, office] });
      keep(id, name);
    },
    async names(ids) {
      const wanted = [...new Set(ids)];
      const names = new Map<string, Bilingual>();
      const asked: string[] = [];
      for (const id of wanted) {
        const found = known.get(id);
        if (!found || found.until <= now()) asked.push(id);
        else if (found.name) names.set(id, found.name);
      }
      if (asked.length === 0) return names;
      const rows = await db.query<Bilingual & { id: string }>({ name: 'staff-names', text: NAMES, values: [asked] });
      const found = new Map(rows.map(({ id, ar, en }) => [id, { ar, en }]));
      for (const id of asked) {
        const name = found.get(id);
        keep(id, name);
        if (name) names.set(id, name);
      }
      return names;
    },
    async find(id) {
      const text = `${MEMBER} WHERE id = $1`;
      return (await db.query<StaffMember>({ name: 'staff-find', text, values: [id] }))[0] ?? null;
    },
    colleagues: (office) =>
      db.query<StaffMember>({ name: 'staff-colleagues', text: COLLEAGUES, values: [office ?? null] }),
  };
}
