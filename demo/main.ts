import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { openDatabase, type Database } from '../adapters/postgres/database';
import { inRiyals, halalas } from '../domain/money';
import { instant, riyadhDate, type LocalDate } from '../domain/time';
import { readConfig, type Config } from '../engine/config';
import { startSystem } from '../system/start';
import { renderDemoCard } from './card';
import { asEnrolled } from './enrol';
import { booksOf, personalDataOf, printedFacts, traces, type Books } from './books';
import { generatePeople, type GeneratedPerson } from './people';
import { scenarios } from './scenarios';
import { asExpected, playAll, type Scene } from './scene';
import { openStage, type Stage } from './stage';
import { familyStory } from './story';
import { nameOfNewborn, NEWBORNS } from './story/births';
import { castOf, type Cast } from './story/cast';
import { enrolCast } from './story/enrol';
import { papersOf, recordInWords } from './story/papers';
import { printTable } from './table';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Renewal {
  readonly person: GeneratedPerson;
  readonly scene: Scene;
}

/** Each scenario with people of its own, whose cards expire as it needs. */
const renewalsOn = (today: LocalDate): Renewal[] =>
  scenarios.flatMap(({ count, scenario }, row) =>
    generatePeople({ seed: `demo-${row}`, count, today, expiresIn: scenario.expiresIn }).map((person, n) => {
      const key = `demo-${row}-${n}`;
      const { way, ends } = scenario;
      return { person, scene: { key, way, ends, play: (stage: Stage) => scenario.run(stage, person, key) } };
    }),
  );

const pathsOf = (paths: readonly string[]): string => paths.map((path) => relative(process.cwd(), path)).join(' · ');

/** The papers that the family has at the end; answers what personal data came into the world meanwhile. */
async function showFamily(
  { stage, database, config, directory }: { stage: Stage; database: Database; config: Config; directory: string },
  cast: Cast,
  refs: ReadonlyMap<string, string>,
  today: LocalDate,
): Promise<string[]> {
  const papers = papersOf(database, config);
  const familyOf = (head: GeneratedPerson) => papers.familyOf(refs.get(head.identityNumber) ?? '');
  const { father, paternalGrandparents } = cast.family;
  const younger = await familyOf(father);
  say('\nfamily     as the register has it now, each record the fold of its entries');
  for (const record of [await familyOf(paternalGrandparents[0]), younger, await familyOf(cast.uncle)])
    for (const line of [...recordInWords(record, today), '']) say(line);
  say(`record     ${pathsOf(await papers.drawRecord(directory, 'family-record', younger, today))}`);
  const births = ['birth-by-father', 'birth-by-mother'].map((key) => stage.caseId('family-registration', key));
  say(`birth      ${pathsOf(await papers.drawCertificate(directory, 'birth-certificate', births))}`);
  return [
    ...Object.values(NEWBORNS).flatMap((newborn) => Object.values(nameOfNewborn(cast, newborn))),
    ...younger.numbers,
  ];
}

function reportBooks(books: Books): string[] {
  const wrong: string[] = [];
  const { gateway, log } = books;
  say(
    `\nmoney      gateway: ${inRiyals(halalas(gateway.captured))} taken, ${inRiyals(halalas(gateway.refunded))} given back · case log: ${inRiyals(halalas(log.captured))}, ${inRiyals(halalas(log.refunded))}`,
  );
  say(
    `cards      bureau: ${books.printed} printed, ${books.destroyed} destroyed · register: ${books.swapped} made valid`,
  );
  if (gateway.captured !== log.captured || gateway.refunded !== log.refunded)
    wrong.push('the gateway’s ledger and the case log differ');
  if (books.printed - books.destroyed !== books.swapped) wrong.push('cards printed and cards made valid differ');
  return wrong;
}

async function main(): Promise<number> {
  const begun = performance.now();
  const dataDir = resolve(process.env.DATA_DIR ?? '.tajdid', 'demo');
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const config = readConfig({
    ...process.env,
    DATA_DIR: dataDir,
    DOCUMENTS_DIR: join(dataDir, 'documents'),
    PORT: process.env.PORT ?? '0',
  });
  const logFile = createWriteStream(join(dataDir, 'system.log'));
  const system = await startSystem({ config, say, log: (line) => void logFile.write(`${line}\n`), timeSkipping: true });
  const stop = (): void => void system.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const connection = await Connection.connect({ address: system.engine.temporalAddress });
  const register = connectEnrol({
    databaseUrl: system.engine.databaseUrl,
    masterKey: config.masterKey,
    lookupKey: config.lookupKey,
  });
  const database = openDatabase({ url: system.engine.databaseUrl, max: 2 });
  try {
    const today = riyadhDate(instant(Date.now()));
    const renewals = renewalsOn(today);
    const cast = castOf(today);
    await register.enrol(renewals.map(({ person }) => asEnrolled(person)));
    const refs = await enrolCast(register, cast);
    say(`register: ${renewals.length + refs.size} people enrolled`);
    const stage = await openStage(system, new Client({ connection, namespace: config.temporal.namespace }));

    say('\nOne: cards are renewed.\n');
    // The slow ones first, so that none is waited for alone.
    const renewed = await playAll(stage, renewals.map(({ scene }) => scene).reverse());
    printTable(renewed.reverse(), say);
    say('\nTwo: a family of three generations.\n');
    const told = await playAll(stage, familyStory(cast, today));
    printTable(told, say);

    const outcomes = [...renewed, ...told];
    const wrong = outcomes
      .filter((outcome) => !asExpected(outcome))
      .map(({ caseId, way, trouble, status }) => `${caseId} (${way}): ${trouble ?? status}`);
    wrong.push(...reportBooks(await booksOf(system, database)));
    const [shown] = renewals;
    const facts = shown && (await printedFacts(database, stage.caseId('id-renewal', shown.scene.key)));
    if (shown && facts)
      say(`card       ${pathsOf(await renderDemoCard(dataDir, shown.person, shown.scene.key, facts))}`);
    else wrong.push('there is no card to draw');
    const born = await showFamily({ stage, database, config, directory: dataDir }, cast, refs, today).catch(
      (error: unknown) => {
        wrong.push(`the family's papers: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      },
    );
    stage.close();
    const enrolled = [...renewals.map(({ person }) => asEnrolled(person)), ...cast.people.map(({ person }) => person)];
    const found = await traces(join(dataDir, 'temporal'), [...personalDataOf(enrolled), ...born]);
    say(`engine     ${found.searched} names and numbers searched for in its database: ${found.found} found`);
    if (found.found > 0) wrong.push('the engine’s database holds personal data');
    await writeFile(join(dataDir, 'outcomes.json'), JSON.stringify(outcomes, null, 2));

    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    if (wrong.length > 0)
      say(
        `\n${wrong.length} not as expected:\n${wrong.map((line) => `  ${line}`).join('\n')}\nLogs: ${join(dataDir, 'system.log')}`,
      );
    else say(`\nAll ${outcomes.length} went as they should, in ${seconds} s.`);
    return wrong.length > 0 ? 1 : 0;
  } finally {
    await register.close();
    await database.close();
    await connection.close();
    await system.stop();
    logFile.end();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
