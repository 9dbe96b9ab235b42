import { nearest } from '../domain/nearest';
import type { Desk } from './connect';
import { Ended, EXIT } from './output';

/** Letters at either end that have to be right for an id to be found by what is near it. */
const SURE = 6;
const MOST = 200;

const meaning = (known: string | undefined): string => (known === undefined ? '' : ` Did you mean ${known}?`);

/** For the id of a case that does not exist. An id is long, and a slip of the keyboard leaves most of it right. */
export async function noCase({ overview }: Desk, id: string): Promise<Ended> {
  const parts = { start: id.slice(0, SURE + 4), end: id.slice(-SURE) };
  const known = nearest(id, await overview.idsLike(parts, MOST));
  return new Ended(EXIT.found, `There is no case ${id}.${meaning(known)}`);
}

export async function noOperation({ operations }: Desk, id: string): Promise<Ended> {
  const recent = (await operations.recent(50)).map((operation) => operation.id);
  return new Ended(EXIT.found, `There is no operation ${id}.${meaning(nearest(id, recent))}`);
}
