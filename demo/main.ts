import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { connectEnrol } from '../adapters/register/connect-enrol';
import { openDatabase } from '../adapters/postgres/database';
import { inRiyals, halalas } from '../domain/money';
import { instant, riyadhDate, type LocalDate } from '../domain/time';
import { readConfig } from '../engine/config';
import { toldToEnd } from '../engine/end-with-us';
import { startSystem } from '../system/start';
import { keepCard } from './card';
import { asEnrolled } from './enrol';
import { booksOf, personalDataOf, traces, type Books } from './books';
import { generatePeople, type GeneratedPerson } from './people';
import { scenarios } from './scenarios';
import { asExpected, playAll, type Scene } from './scene';
import { openStage, type Stage } from './stage';
import { familyStory } from './story';
import { castOf } from './story/cast';
import { enrolCast } from './story/enrol';
import { pathsOf, showFamily } from './story/show';
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
  void toldToEnd().then(stop);
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
    if (shown) {
      const caseId = stage.caseId('id-renewal', shown.scene.key);
      say(`card       ${pathsOf(await keepCard(dataDir, await stage.staff('staff-501'), caseId))}`);
    }
    const births = ['birth', 'birth-late', 'birth-forgotten'].map(
      (scene) => told.find(({ key }) => key === scene)?.caseId ?? '',
    );
    const born = await showFamily({ stage, database, config, directory: dataDir }, cast, births, {
      today,
      say,
    }).catch((error: unknown) => {
      wrong.push(`the family’s papers: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    });
    stage.close();
    const inStory = [...cast.people, ...cast.staff].map(({ person }) => person);
    const enrolled = [...renewals.map(({ person }) => asEnrolled(person)), ...inStory];
    const found = await traces(join(dataDir, 'temporal'), [...personalDataOf(enrolled), ...born], births[0] ?? '');
    say(`engine     ${found.searched} names and numbers searched for in its database: ${found.found} found`);
    if (found.found > 0) wrong.push('the engine’s database holds personal data');
    if (!found.looked) wrong.push('the search found nothing in the engine’s database, not even a case');
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
