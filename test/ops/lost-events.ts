import type { Database } from '../../adapters/postgres/database';

/** As a database that was restored from a backup of before: this case's last events are gone, or all of it. Answers how to bring them back. */
export async function losesEvents(database: Database, caseId: string, all = false): Promise<() => Promise<void>> {
  const db = database.from('case');
  const open = (work: string): Promise<unknown> =>
    db.query({
      text: `DO $$ BEGIN
        ALTER TABLE case_events DISABLE TRIGGER ALL; ALTER TABLE cases DISABLE TRIGGER ALL;
        ${work};
        ALTER TABLE case_events ENABLE TRIGGER ALL; ALTER TABLE cases ENABLE TRIGGER ALL;
      END $$`,
    });
  const id = `'${caseId}'`;
  const copy = `lost_${caseId.toLowerCase()}`;
  await db.query({ text: `CREATE TABLE ${copy}_events AS SELECT * FROM case_events WHERE case_id = ${id}` });
  await db.query({ text: `CREATE TABLE ${copy}_case AS SELECT * FROM cases WHERE case_id = ${id}` });
  const gone = all ? '' : `AND version = (SELECT version FROM cases WHERE case_id = ${id})`;
  await open(`DELETE FROM case_events WHERE case_id = ${id} ${gone}`);
  await open(
    all
      ? `DELETE FROM cases WHERE case_id = ${id}`
      : `UPDATE cases SET version = version - 1, head_hash = (SELECT hash FROM case_events e WHERE e.case_id = ${id} ORDER BY version DESC LIMIT 1) WHERE case_id = ${id}`,
  );
  const copied = async (table: string, from: string): Promise<string> => {
    const [row] = await db.query<{ columns: string }>({
      text: `SELECT string_agg(column_name, ', ') AS columns FROM information_schema.columns WHERE table_schema = current_schema AND table_name = $1 AND is_generated = 'NEVER'`,
      values: [table],
    });
    return `INSERT INTO ${table} (${row?.columns}) OVERRIDING SYSTEM VALUE SELECT ${row?.columns} FROM ${from}`;
  };
  return async () => {
    await open(`
      DELETE FROM case_events WHERE case_id = ${id}; DELETE FROM cases WHERE case_id = ${id};
      ${await copied('cases', `${copy}_case`)}; ${await copied('case_events', `${copy}_events`)}`);
  };
}
