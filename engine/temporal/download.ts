import { execFile } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Log } from '../engine-unavailable';
import { downloadedExecutable, inspectExecutable, RELEASE } from './executable';

const CONNECT_MS = 4_000;
const STALL_MS = 30_000;
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

function archiveUrl(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const architecture = ARCHITECTURES[process.arch] ?? process.arch;
  return `https://temporal.download/cli/archive/v${RELEASE}?platform=${platform}&arch=${architecture}`;
}

async function fetchTo(path: string): Promise<void> {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), CONNECT_MS);
  try {
    const response = await fetch(archiveUrl(), { signal: stop.signal });
    if (!response.ok || response.body === null) throw new Error(`the download answered ${response.status}`);
    const body = Readable.fromWeb(response.body);
    body.on('data', () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), STALL_MS);
    });
    await pipeline(body, createWriteStream(path));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Temporal's own release, over https, kept in the cache. Fails within seconds where only package registries can be
 * reached; the reason comes back as text, because a build from source is still possible then.
 */
export async function downloadTemporal(
  env: NodeJS.ProcessEnv,
  log: Log,
): Promise<{ readonly path: string } | { readonly why: string }> {
  const target = downloadedExecutable(env);
  mkdirSync(dirname(dirname(target)), { recursive: true });
  const draft = mkdtempSync(join(dirname(dirname(target)), 'download-'));
  try {
    log(`Downloading Temporal ${RELEASE} ...`);
    await fetchTo(join(draft, 'archive.tar.gz'));
    await promisify(execFile)('tar', ['-xzf', join(draft, 'archive.tar.gz'), '-C', draft, 'temporal']);
    const found = await inspectExecutable(join(draft, 'temporal'));
    if (!found.usable) return { why: `the downloaded release can not be used: ${found.why}` };
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(draft, 'temporal'), target);
    log(`Downloaded Temporal ${RELEASE} (server ${found.version}).`);
    return { path: target };
  } catch (error) {
    const aborted = (error as Error).name === 'AbortError';
    const cause = (error as Error).cause;
    const reason = cause instanceof Error ? cause.message : (error as Error).message;
    return { why: aborted ? 'temporal.download did not answer in time' : `temporal.download: ${reason}` };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
