import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

function statOf(pid: number): { parent: number; ms: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) * TICK_MS };
  } catch {
    return undefined;
  }
}

/** Milliseconds of CPU that a process and everything below it has used so far; 0 where the system does not tell. */
export function cpuMs(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const below = new Map<number, number[]>();
  const used = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = statOf(Number(name));
    if (!stat) continue;
    used.set(Number(name), stat.ms);
    below.set(stat.parent, [...(below.get(stat.parent) ?? []), Number(name)]);
  }
  const sum = (of: number): number => (used.get(of) ?? 0) + (below.get(of) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(pid);
}

export interface CpuShare {
  readonly name: string;
  readonly msPerCase: number;
}

/** Takes the CPU of some processes before and after. */
export function cpuMeter(pids: Readonly<Record<string, number | undefined>>): (cases: number) => CpuShare[] {
  const before = Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuMs(pid)]));
  return (cases) => Object.entries(pids).map(([name, pid]) => ({ name, msPerCase: (cpuMs(pid) - (before[name] ?? 0)) / cases }));
}
