import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const ROOT =
  [join(__dirname, '../..'), join(__dirname, '../../..')].find((path) => existsSync(join(path, 'demo/portraits'))) ??
  join(__dirname, '../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/** The page itself, the photos to try with and the letters it is set in. */
function fileOf(name: string): string | undefined {
  if (!/^[\w./-]+$/.test(name) || name.includes('..')) return undefined;
  const sample = /^sample\/(good|doubt|no-face)\.jpg$/.exec(name)?.[1];
  if (sample) return join(ROOT, 'demo/portraits', `${sample}.jpg`);
  const font = /^font\/((?:arabic|latin)-(?:400|600))\.woff2$/.exec(name)?.[1];
  if (font)
    return join(
      ROOT,
      'node_modules/@fontsource/ibm-plex-sans-arabic/files',
      `ibm-plex-sans-arabic-${font}-normal.woff2`,
    );
  return join(ROOT, 'examples/portal/page', name);
}

/** False where there is no such page. */
export async function sendPage(res: ServerResponse, name: string): Promise<boolean> {
  const path = fileOf(name);
  const type = TYPES[extname(name)];
  const bytes = path && type ? await readFile(path).catch(() => undefined) : undefined;
  if (!bytes || !type) return false;
  res
    .writeHead(200, {
      'content-type': type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': type === 'font/woff2' ? 'public, max-age=86400' : 'no-cache',
    })
    .end(bytes);
  return true;
}
