import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Session = z.object({ issuer: z.string(), token: z.string(), until: z.number() });
type Session = z.infer<typeof Session>;

const pathIn = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'tajdid', 'session.json');

/** Readable by its owner only. */
export async function keepSession(env: NodeJS.ProcessEnv, session: Session): Promise<void> {
  const path = pathIn(env);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, JSON.stringify(session), { mode: 0o600 });
}

/** Whoever signed in at this provider and still is; a file that cannot be read is nobody. */
export async function keptSession(env: NodeJS.ProcessEnv, issuer: string): Promise<Session | undefined> {
  const text = await readFile(pathIn(env), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const session = Session.safeParse(jsonIn(text)).data;
  return session?.issuer === issuer && session.until > Date.now() ? session : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const forgetSession = (env: NodeJS.ProcessEnv): Promise<void> => rm(pathIn(env), { force: true });
