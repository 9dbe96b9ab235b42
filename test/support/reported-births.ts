import { addDays, riyadhDate } from '../../domain/time';
import type { Families, Somebody } from './families';

export const today = riyadhDate(new Date().toISOString());
export const daysAgo = (days: number): string => addDays(today, -days);

export const child = {
  nameAr: 'سعود بن خالد الحربي',
  nameEn: 'Saud Khalid Alharbi',
  sex: 'M',
  birthPlaceAr: 'الرياض',
  birthPlaceEn: 'Riyadh',
};

export interface BirthWanted {
  readonly father?: Somebody;
  readonly mother?: Somebody;
  readonly reporter?: Somebody;
  readonly married?: boolean;
  readonly noticed?: boolean;
  readonly name?: string;
  readonly sex?: 'M' | 'F';
}

let later = 0;

/** A birth as the father reports it, of parents who are married, with its notice, unless it is wanted otherwise. */
export async function reportBirth(families: Families, on: string, given: BirthWanted = {}) {
  const father = given.father ?? (await families.somebody({ birthDate: '1985-05-05' }));
  const mother = given.mother ?? (await families.somebody({ sex: 'F', birthDate: '1988-08-08' }));
  if (given.married !== false && !given.father) await families.ties(families.married(father, mother));
  const notice =
    given.noticed === false
      ? `LATER-${process.pid}-${++later}`
      : await families.notice({ kind: 'birth', on, people: [father, mother] });
  const caseId = await families.report(given.reporter ?? father, {
    event: 'birth',
    on,
    father: father.number,
    mother: mother.number,
    notice,
    child: { ...child, ...(given.name ? { nameAr: given.name } : {}), ...(given.sex ? { sex: given.sex } : {}) },
  });
  return { caseId, father, mother, notice };
}
