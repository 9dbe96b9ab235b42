import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EngineUnavailable } from '../engine-unavailable';
import { onPath } from '../temporal/executable';

/** As whom PostgreSQL runs, because it refuses to run as root. */
export interface Account {
  /** Undefined: as the caller. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** How to start `command` as that account, given what it must be able to reach. */
  wrap(command: string, args: readonly string[], mustReach: readonly string[]): WrappedCommand;
}

export interface WrappedCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

function unprivileged(): { uid: number; gid: number } {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((fields) => fields[0] === name);
    if (found !== undefined && Number(found[2]) > 0) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new EngineUnavailable(
    'PostgreSQL does not run as root and there is no account postgres or nobody to run it as. Run as an ordinary user, or set DATABASE_URL.',
  );
}

/** A directory on the way that only its owner may enter, for instance /root. */
function closedDirectory(path: string, uid: number): string | undefined {
  for (let dir = dirname(path); ; dir = dirname(dir)) {
    const stat = statSync(dir);
    const open = (stat.mode & 0o001) !== 0 || (stat.uid === uid && (stat.mode & 0o100) !== 0);
    if (!open) return dir;
    if (dir === dirname(dir)) return undefined;
  }
}

/**
 * The caller's account; for root, `postgres` or else `nobody`. Where the project lies in a directory only root may enter,
 * that account gets one capability of root's (to pass file permissions) and nothing else.
 */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return { wrap: (command, args) => ({ command, args }) };
  const owner = unprivileged();
  return {
    owner,
    wrap(command, args, mustReach) {
      const closed = mustReach.map((path) => closedDirectory(path, owner.uid)).find((dir) => dir !== undefined);
      if (closed === undefined) return { command, args, ...owner };
      const setpriv = onPath('setpriv', process.env);
      if (setpriv === undefined) {
        throw new EngineUnavailable(
          `PostgreSQL does not run as root, and ${closed} can not be entered by any other account. Move the project or DATA_DIR elsewhere, run as an ordinary user, or set DATABASE_URL.`,
        );
      }
      const identity = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
      const capability = [
        '--inh-caps=-all,+dac_override',
        '--ambient-caps=-all,+dac_override',
        '--securebits=+no_setuid_fixup',
      ];
      return { command: setpriv, args: [...identity, ...capability, command, ...args] };
    },
  };
}
