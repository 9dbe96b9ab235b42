import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { endWithUs } from './end-with-us';
import { EngineUnavailable } from './engine-unavailable';
import { programOf, type RunningProgram } from './running-program';

export interface ChildCommand {
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

/** A server this program started and is answerable for. It ends when this program ends, except by SIGKILL. */
export interface OwnedChild {
  readonly program: RunningProgram;
  /** Why it ended, or undefined while it runs. */
  ended(): string | undefined;
  /** The end of its log, to explain a failure. */
  lastWords(): string;
  /** Asks it to stop and waits; by SIGKILL after `graceMs`. Calling again is harmless. */
  stop(graceMs?: number): Promise<void>;
}

const living = new Map<ChildProcess, NodeJS.Signals>();
let watching = false;

function endAll(): void {
  for (const [child, signal] of living) child.kill(signal);
  living.clear();
}

/**
 * Starts a server in a session of its own, so that Ctrl-C reaches only this program, which then stops
 * things in order. Its output goes to `logFile`.
 */
export async function startChild(command: ChildCommand): Promise<OwnedChild> {
  if (!watching) endWithUs(endAll);
  watching = true;
  const output = openSync(command.logFile, 'a', 0o600);
  const child = spawn(command.command, [...command.args], {
    env: command.env,
    detached: true,
    stdio: ['ignore', output, output],
    ...(command.uid === undefined ? {} : { uid: command.uid }),
    ...(command.gid === undefined ? {} : { gid: command.gid }),
  });
  closeSync(output);
  let ending: string | undefined;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      ending = signal === null ? `ended with exit code ${code}` : `ended by ${signal}`;
      living.delete(child);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) =>
      reject(new EngineUnavailable(`${command.what} can not be started (${command.command}): ${error.message}.`)),
    );
  });
  child.on('error', () => undefined);
  living.set(child, command.stopSignal);
  child.unref();
  const pid = child.pid ?? 0;
  const program = programOf(pid) ?? { pid, startedAt: '' };
  return {
    program,
    ended: () => ending,
    lastWords: () => readFileSync(command.logFile, 'utf8').trim().split('\n').slice(-8).join('\n'),
    async stop(graceMs = 10_000) {
      if (ending !== undefined) return;
      child.ref();
      child.kill(command.stopSignal);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
