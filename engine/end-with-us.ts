import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let watching = false;

/**
 * Runs `end` when this program ends, except by SIGKILL; answers how to take that back. A program without signal handling of its
 * own ends at once on a signal and runs no 'exit' listener: this stands in for that.
 */
export function endWithUs(end: () => void): () => void {
  process.once('exit', end);
  if (!watching) {
    watching = true;
    for (const signal of SIGNALS)
      process.on(signal, () => {
        if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
      });
  }
  return () => process.removeListener('exit', end);
}

/** Resolves at the first signal to end, a closed terminal's too; from then on another one ends this program at once. */
export function toldToEnd(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const told = (signal: NodeJS.Signals): void => {
      for (const each of SIGNALS) process.removeListener(each, told);
      resolve(signal);
    };
    for (const signal of SIGNALS) process.on(signal, told);
  });
}
