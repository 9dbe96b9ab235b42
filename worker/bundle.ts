import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

/** Where the build leaves the workflow code that workers run and histories are replayed against: one bundle for both. */
export const BUNDLE_PATH = join(__dirname, 'workflow-bundle.js');

export async function buildBundle(workflowsPath: string): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: { ...console, log: () => {}, trace: () => {}, debug: () => {}, info: () => {} } });
  return code;
}

if (require.main === module) {
  buildBundle(require.resolve('../workflows'))
    .then((code) => writeFileSync(BUNDLE_PATH, code))
    .catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exitCode = 1;
    });
}
