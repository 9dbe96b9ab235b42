import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A program on this machine. A pid alone is not enough to send a signal to: pids are used again. */
export interface RunningProgram {
  readonly pid: number;
  /** When it was started, in the operating system's own words. Compared, never parsed. */
  readonly startedAt: string;
}

function startedAt(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return answer.stdout?.trim() || undefined;
}

/** The program that has this pid now, or undefined when none has. */
export function programOf(pid: number): RunningProgram | undefined {
  const since = startedAt(pid);
  return since === undefined ? undefined : { pid, startedAt: since };
}

/** True while the very program that was recorded runs; false for another one that got its pid later. */
export function stillRuns(program: RunningProgram): boolean {
  return startedAt(program.pid) === program.startedAt;
}

async function ended(program: RunningProgram, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (stillRuns(program)) {
    if (Date.now() > until) return false;
    await pause(20);
  }
  return true;
}

/** Asks the program to end with `signal`, and ends it by SIGKILL when it has not done so after `graceMs`. */
export async function endProgram(program: RunningProgram, signal: NodeJS.Signals, graceMs = 10_000): Promise<void> {
  for (const step of [signal, 'SIGKILL'] as const) {
    if (!stillRuns(program)) return;
    try {
      process.kill(program.pid, step);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await ended(program, graceMs)) return;
  }
}
