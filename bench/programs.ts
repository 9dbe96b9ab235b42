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

/** What this process and everything below it is, by pid; empty where the system does not tell. */
function ourPrograms(): ReadonlyMap<number, Running> {
  const running = new Map<number, Running>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = statOf(entry);
    if (stat) running.set(Number(entry), stat);
  }
  const ours = (pid: number): boolean =>
    pid === process.pid || (running.has(pid) && ours(running.get(pid)?.parent ?? 0));
  return new Map([...running].filter(([pid]) => ours(pid)));
}

/** Milliseconds of CPU used so far, by program. */
export function cpuByProgram(): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [pid, { name, ms }] of ourPrograms()) {
    const program = pid === process.pid ? 'load' : name;
    sums.set(program, (sums.get(program) ?? 0) + ms);
  }
  return sums;
}

/** Megabytes of memory that a process holds now; undefined where the system does not tell. */
export function residentOf(pid: number | undefined): number | undefined {
  try {
    const kB = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kB === undefined ? undefined : Number(kB) / 1024;
  } catch {
    return undefined;
  }
}

/** The same of the engine's server, which is below this process. */
export function residentEngine(): number | undefined {
  return residentOf([...ourPrograms()].find(([, { name }]) => name.startsWith('temporal'))?.[0]);
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
