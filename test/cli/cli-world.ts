import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEnrol } from '../../adapters/register/connect-enrol';
import type { EnrolledPerson } from '../../adapters/register/enrol';
import { run } from '../../cli/program';
import type { IdentityNumber } from '../../domain/identity-number';
import { testTemporal } from '../support/engine';
import { enrolIn } from '../support/people';
import { startWorld, type World } from '../support/world';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliWorld {
  readonly world: World;
  /** Where the command line keeps what it keeps; gone with the world. */
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the command line as somebody at a terminal would, with `more` of an environment. */
  tajdid(argv: readonly string[], more?: NodeJS.ProcessEnv): Promise<Said>;
  /** Puts somebody into the register with the keys that the command line has. */
  enrol(given: EnrolledPerson & { number: IdentityNumber }): Promise<{ number: IdentityNumber; person: string }>;
  stop(): Promise<void>;
}

/** A world with a command line that reaches it. */
export async function startCliWorld(): Promise<CliWorld> {
  const world = await startWorld();
  const dir = await mkdtemp(join(tmpdir(), 'tajdid-cli-'));
  const env = {
    DATABASE_URL: world.databaseUrl,
    TEMPORAL_ADDRESS: await testTemporal(),
    TAJDID_TASK_QUEUE: world.taskQueue,
    DATA_DIR: dir,
    MASTER_KEY: world.secrets.masterKey.toString('base64'),
    LOOKUP_KEY: world.secrets.lookupKey.toString('base64'),
    OIDC_ISSUER: `${world.sandboxUrl}/idp`,
    OIDC_AUDIENCE: 'tajdid',
    XDG_CONFIG_HOME: dir,
  };
  return {
    world,
    dir,
    env,
    async tajdid(argv, more = {}) {
      const [out, err]: [string[], string[]] = [[], []];
      const output = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), live: false };
      const code = await run(argv, output, { ...env, ...more });
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
    async enrol(given) {
      const { enrol, close } = connectEnrol({
        databaseUrl: world.databaseUrl,
        ...world.secrets,
      });
      try {
        return await enrolIn({ enrol }, given);
      } finally {
        await close();
      }
    },
    async stop() {
      await world.stop();
      await rm(dir, { recursive: true });
    },
  };
}
