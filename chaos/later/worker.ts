import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildBundle } from '../../worker/bundle';
import { runWorker } from '../../worker/main';

const LATER_BUNDLE = join(__dirname, 'workflow-bundle.js');

/** The worker of the later version, as a script below dist/. */
export const LATER_WORKER = 'chaos/later/worker.js';

/** Has to be done once before such a worker starts. */
export async function buildLater(): Promise<void> {
  await writeFile(LATER_BUNDLE, await buildBundle(require.resolve('../../workflows'), [require.resolve('./patched')]));
}

if (require.main === module) void runWorker(LATER_BUNDLE);
