import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The photo gauge's thread, from the sources. */
export const photoThreadFromSource = (): Worker =>
  new Worker(join(__dirname, '../../adapters/photo/gauge-thread.ts'), {
    execArgv: ['--require', join(__dirname, 'typescript-hook.cjs')],
  });
