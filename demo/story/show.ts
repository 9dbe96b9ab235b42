import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Database } from '../../adapters/postgres/database';
import type { LocalDate } from '../../domain/time';
import type { Config } from '../../engine/config';
import type { Stage } from '../stage';
import { nameOfNewborn, NEWBORNS, RENAMED } from './births';
import type { Cast } from './cast';
import { papersOf, type FamilyPaper } from './papers';

export const pathsOf = (paths: readonly string[]): string =>
  paths.map((path) => relative(process.cwd(), path)).join(' · ');

async function keep(directory: string, name: string, { png, pdf }: FamilyPaper): Promise<string> {
  await mkdir(directory, { recursive: true });
  const paths = [join(directory, `${name}.png`), join(directory, `${name}.pdf`)] as const;
  await Promise.all([writeFile(paths[0], png), writeFile(paths[1], pdf)]);
  return pathsOf(paths);
}

/** Shows what the family has at the end; answers the names and numbers that came into the world meanwhile. */
export async function showFamily(
  { stage, database, config, directory }: { stage: Stage; database: Database; config: Config; directory: string },
  cast: Cast,
  births: readonly string[],
  { today, say }: { today: LocalDate; say: (line: string) => void },
): Promise<string[]> {
  const papers = papersOf(stage, database, config);
  const { father, mother, paternalGrandparents } = cast.family;
  say('\nfamily     as the register has it now: the grandfather’s record, the father’s, the uncle’s');
  const younger = await papers.recordOf(father, today);
  for (const record of [
    await papers.recordOf(paternalGrandparents[0], today),
    younger,
    await papers.recordOf(cast.uncle, today),
  ]) {
    for (const line of record.lines) say(`           ${line}`);
    say('');
  }
  const certificate = await papers.certificateOf(births[0] ?? 'none', mother);
  say(`record     ${await keep(directory, 'family-record', younger)} (its code says: ${younger.verdict})`);
  say(`birth      ${await keep(directory, 'birth-certificate', certificate)} (its code says: ${certificate.verdict})`);
  if (!younger.lines.some((line) => line.includes(nameOfNewborn(cast, RENAMED).nameEn)))
    throw new Error('the family record has a name that was corrected');
  if (younger.verdict !== 'valid' || certificate.verdict !== 'superseded')
    throw new Error('the code of a paper says something else than what happened to it');
  return [
    ...[...Object.values(NEWBORNS), RENAMED].flatMap((newborn) => Object.values(nameOfNewborn(cast, newborn))),
    ...(await Promise.all(births.map((caseId) => papers.numberOf(caseId, mother)))),
  ];
}
