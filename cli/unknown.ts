import { nearest } from '../domain/nearest';
import type { Bilingual } from '../domain/refusal';
import type { Desk } from './connect';
import { Ended, EXIT } from './output';

/** Letters at either end that have to be right for an id to be found by what is near it. */
const SURE = 6;
const MOST = 200;

const meaning = (known: string | undefined): Bilingual =>
  known === undefined ? { en: '', ar: '' } : { en: ` Did you mean ${known}?`, ar: ` هل قصدت ${known}؟` };

/** For the id of a case that does not exist. An id is long, and a slip of the keyboard leaves most of it right. */
export async function noSuchCase({ overview }: Desk, id: string): Promise<Bilingual> {
  const parts = { start: id.slice(0, SURE + 4), end: id.slice(-SURE) };
  const { en, ar } = meaning(nearest(id, await overview.idsLike(parts, MOST)));
  return { en: `There is no case ${id}.${en}`, ar: `لا حالة بالرقم ${id}.${ar}` };
}

export const noCase = async (desk: Desk, id: string): Promise<Ended> =>
  new Ended(EXIT.found, await noSuchCase(desk, id));

/** For a case whose history the engine does not have. */
export const noHistory = async (desk: Desk, id: string): Promise<Ended> =>
  (await desk.readModel.caseById(id))
    ? new Ended(EXIT.found, { en: `The engine knows no run of ${id}.`, ar: `لا يعرف المحرك مسارًا للحالة ${id}.` })
    : noCase(desk, id);

export async function noOperation({ operations }: Desk, id: string): Promise<Ended> {
  const recent = (await operations.recent(50)).map((operation) => operation.id);
  const { en, ar } = meaning(nearest(id, recent));
  return new Ended(EXIT.found, { en: `There is no operation ${id}.${en}`, ar: `لا عملية بالاسم ${id}.${ar}` });
}
