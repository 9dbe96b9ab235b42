import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

/** Where the build leaves the workflow code that workers run and histories are replayed against: one bundle for both. */
export const BUNDLE_PATH = join(__dirname, 'workflow-bundle.js');
/** Beside the bundle and not in it: its last line is its source map. */
const MADE_FROM = `${BUNDLE_PATH}.made-from`;

const quiet = (): void => undefined;
const logger = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: console.warn, error: console.error };

/**
 * The SDK notes a stack trace for every promise that workflow code makes, an eighth of the workflow thread's time with ten
 * frames each. Two still name where it was. On the first line, so that the source map holds.
 */
const SHORT_STACKS = 'Error.stackTraceLimit = 2;';

/** @param laidOver modules of interceptors that change what the workflows do */
export async function buildBundle(workflowsPath: string, laidOver: string[] = []): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules: laidOver, logger });
  return SHORT_STACKS + code;
}

/** Stands for everything that goes into the bundle: compiled workflows and rules, and the locked dependencies. */
function fingerprint(dist: string): string {
  const hash = createHash('sha256');
  for (const folder of ['workflows', 'domain']) {
    for (const file of readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (file.endsWith('.js')) hash.update(file).update(readFileSync(join(dist, folder, file)));
    }
  }
  return hash.update(readFileSync(join(dist, '../package-lock.json'))).digest('hex');
}

async function main(): Promise<void> {
  const made = fingerprint(join(__dirname, '..'));
  if (existsSync(BUNDLE_PATH) && existsSync(MADE_FROM) && readFileSync(MADE_FROM, 'utf8') === made) return;
  writeFileSync(BUNDLE_PATH, await buildBundle(require.resolve('../workflows')));
  writeFileSync(MADE_FROM, made);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
}
