import { mkdirSync, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../engine/config';
import { toldToEnd } from '../engine/end-with-us';
import { startPortal } from './portal';
import { seed } from './seed';
import { startSystem } from './start';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm start`: everything, until Ctrl-C; what it keeps is there again at the next start. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  mkdirSync(config.dataDir, { recursive: true });
  const logFile = join(config.dataDir, 'system.log');
  const file = createWriteStream(logFile, { flags: 'a' });
  const system = await startSystem({
    config,
    say,
    log: (line) => void file.write(`${line}\n`),
    sandboxPort: config.sandboxPort,
  });
  const people = await seed(config, system.engine.databaseUrl);
  if (people)
    say(
      `register: ${people.count} people to try with, listed in ${people.path}; a family and its ties in ${people.familyPath}`,
    );
  const portal = await startPortal(config, system, (line) => void file.write(`${line}\n`));
  if (portal) say(`portal: ${portal.url} (an example: renew a card as somebody of the register)`);
  say(
    `\nTajdid is up: ${system.apiUrl}/docs for the API, ${system.apiUrl}/console for caseworkers. Logs: ${logFile}. Ctrl-C stops everything.`,
  );
  await toldToEnd();
  say('\nstopping');
  await portal?.stop();
  await system.stop();
  file.end();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
