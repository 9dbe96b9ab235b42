import { EngineUnavailable, type Log } from '../engine-unavailable';
import { buildTemporal, findGo } from './build';
import { downloadTemporal } from './download';
import { builtExecutable, downloadedExecutable, inspectExecutable, onPath } from './executable';

export interface FoundTemporal {
  readonly path: string;
  readonly from: 'PATH' | 'cache' | 'download' | 'build';
}

const CHOICES = `Tajdid needs a Temporal server of version 1.32 or later. Any one of these will do:
  - set TEMPORAL_ADDRESS to a server that runs already (host:port);
  - put the temporal command (server 1.32 or later) on PATH;
  - let this machine reach https://temporal.download, from where it is downloaded once;
  - install Go 1.26.8 or later, with which it is built once.`;

/**
 * An executable that can run Temporal: on PATH, kept from an earlier run, downloaded, or built with Go, in this order.
 * @throws EngineUnavailable with the choices and what was tried.
 */
export async function findTemporal({
  log,
  env = process.env,
}: {
  log: Log;
  env?: NodeJS.ProcessEnv;
}): Promise<FoundTemporal> {
  const tried: string[] = [];
  const installed = onPath('temporal', env);
  if (installed !== undefined) {
    const found = await inspectExecutable(installed);
    if (found.usable) return { path: installed, from: 'PATH' };
    tried.push(`${installed}: ${found.why}`);
  }
  for (const path of [builtExecutable(env), downloadedExecutable(env)]) {
    if ((await inspectExecutable(path)).usable) return { path, from: 'cache' };
  }
  const downloaded = await downloadTemporal(env, log);
  if ('path' in downloaded) return { path: downloaded.path, from: 'download' };
  log(`No download: ${downloaded.why}.`);
  tried.push(`download: ${downloaded.why}`);

  const go = findGo(env);
  if (go === undefined) tried.push('build: there is no go command');
  else {
    const built = await buildTemporal(go, env, log);
    if ('path' in built) return { path: built.path, from: 'build' };
    tried.push(`build: ${built.why}`);
  }
  throw new EngineUnavailable(`${CHOICES}\nTried without success:\n${tried.map((line) => `  - ${line}`).join('\n')}`);
}
