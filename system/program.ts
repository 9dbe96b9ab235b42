import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endWithUs } from '../engine/end-with-us';

export type Log = (line: string) => void;

export interface ProgramCommand {
  readonly name: string;
  /** The compiled script, below dist/. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Whether the program serves; `heard` tells whether it has said something since it was started last. */
  readonly ready: (heard: (text: string) => boolean) => Promise<boolean>;
  readonly log: Log;
}

/** Programs run compiled, whoever starts them. */
const DIST = basename(dirname(__dirname)) === 'dist' ? dirname(__dirname) : join(__dirname, '../dist');

const READY_WITHIN = 60_000;
const STOP_WITHIN = 20_000;
const RESTART_PAUSE = 500;
/** What a program says when it starts is what matters; the rest is in the log. */
const KEPT_LINES = 200;

/** A program of the system as a process of its own, started again when it dies of something other than `stop`. */
export class Program {
  private child: ChildProcess | undefined;
  private stopping = false;
  private exited: Promise<unknown> = Promise.resolve();
  private heard: string[] = [];
  private killed: ChildProcess | undefined;

  constructor(private readonly command: ProgramCommand) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    this.stopping = false;
    this.spawn();
    await this.serves();
  }

  /** Kills it as a power cut would; it comes back by itself. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.killed = this.child;
    this.child?.kill(signal);
  }

  /** Waits until it serves (again). Throws with its last words when it ends instead. */
  async serves(): Promise<void> {
    const until = Date.now() + READY_WITHIN;
    while (Date.now() < until) {
      if (this.stopping) return;
      const alive = this.child !== undefined && this.child !== this.killed;
      if (
        alive &&
        (await this.command.ready((text) => this.heard.some((line) => line.includes(text))).catch(() => false))
      )
        return;
      await pause(50);
      if (this.givenUp) break;
    }
    throw new Error(`${this.command.name} did not start:\n${this.heard.slice(-12).join('\n')}`);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN);
    await this.exited;
    clearTimeout(timer);
  }

  private starts = 0;
  /** It ended before it ever served: starting it again would only hide why. */
  private givenUp = false;

  private spawn(): void {
    const { name, script, env, log } = this.command;
    const born = Date.now();
    const child = spawn(process.execPath, [join(DIST, script)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // In a process group of its own: Ctrl-C reaches only the one that stops things in order.
      detached: true,
    });
    this.child = child;
    this.heard = [];
    this.starts += 1;
    this.exited = once(child, 'exit');
    const hear = (chunk: Buffer): void => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) {
        if (this.heard.length < KEPT_LINES) this.heard.push(line);
        log(`[${name}] ${line}`);
      }
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code, signal) => {
      if (this.stopping) return;
      if (signal === null && Date.now() - born < 10_000 && this.starts === 1) {
        this.givenUp = true;
        return;
      }
      log(`[${name}] ended (${signal ?? code}); starting it again`);
      setTimeout(() => this.stopping || this.spawn(), RESTART_PAUSE);
    });
    const apart = endWithUs(() => void child.kill('SIGKILL'));
    child.once('exit', apart);
  }
}
