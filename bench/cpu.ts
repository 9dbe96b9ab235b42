import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

interface Running {
  readonly parent: number;
  readonly name: string;
  readonly ms: number;
}

/** A program's name: the folder of its script (`worker`, `api`), or its command (`temporal`, `postgres`). */
function nameOf(pid: string): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const script = words
    .find((word) => word.endsWith('.js'))
    ?.split('/')
    .at(-2);
  return script ?? (words[0]?.split('/').at(-1)?.split(':')[0] || 'other');
}

function statOf(pid: string): Running | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), name: nameOf(pid), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
  } catch {
    return undefined;
  }
}

/** Milliseconds of CPU that this process and everything below it has used so far, by program; empty where the system does not tell. */
export function cpuByProgram(): ReadonlyMap<string, number> {
  const running = new Map<number, Running>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(entry);
    if (stat) running.set(Number(entry), stat);
  }
  const ours = (pid: number): boolean =>
    pid === process.pid || (running.has(pid) && ours(running.get(pid)?.parent ?? 0));
  const sums = new Map<string, number>();
  for (const [pid, { name, ms }] of running) {
    if (!ours(pid)) continue;
    const program = pid === process.pid ? 'load' : name;
    sums.set(program, (sums.get(program) ?? 0) + ms);
  }
  return sums;
}

export interface CpuShare {
  readonly name: string;
  readonly msPerCase: number;
}

/** Takes the CPU of every program before and after. */
export function cpuMeter(): (cases: number) => CpuShare[] {
  const before = cpuByProgram();
  return (cases) =>
    [...cpuByProgram()]
      .map(([name, ms]) => ({ name, msPerCase: (ms - (before.get(name) ?? 0)) / cases }))
      .filter(({ msPerCase }) => msPerCase >= 0.05)
      .sort((a, b) => b.msPerCase - a.msPerCase);
}
