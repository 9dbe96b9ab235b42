import type { Desk } from './connect';
import { nearest } from './nearest';
import { Ended, EXIT } from './output';

/** Letters at either end that have to be right for an id to be found by what is near it. */
const SURE = 6;
const MOST = 200;

const meaning = (known: string | undefined): string => (known === undefined ? '' : ` Did you mean ${known}?`);
const like = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** For the id of a case that does not exist. An id is long, and a slip of the keyboard leaves most of it right. */
export async function noCase({ database }: Desk, id: string): Promise<Ended> {
  const rows = await database.from('case').query<{ id: string }>({
    text: 'SELECT case_id AS id FROM cases WHERE case_id LIKE $1 OR case_id LIKE $2 LIMIT $3',
    values: [`${like(id.slice(0, SURE + 4))}%`, `%${like(id.slice(-SURE))}`, MOST],
  });
  const known = nearest(
    id,
    rows.map((row) => row.id),
  );
  return new Ended(EXIT.found, `There is no case ${id}.${meaning(known)}`);
}

export async function noOperation({ operations }: Desk, id: string): Promise<Ended> {
  const recent = (await operations.recent(50)).map((operation) => operation.id);
  return new Ended(EXIT.found, `There is no operation ${id}.${meaning(nearest(id, recent))}`);
}
