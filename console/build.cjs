// Builds the console into dist/console when its sources have changed since, and says how much the first page loads.
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { gzipSync } = require('node:zlib');

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'dist/console');
const MADE_FROM = join(OUT, '.made-from');

/** The operators' section shows the runbooks. */
const SOURCES = [__dirname, join(ROOT, 'docs/runbooks')];

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => readdirSync(source, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  return hash.update(readFileSync(join(ROOT, 'package-lock.json'))).digest('hex');
}

/** What a browser loads before it shows anything: the page, and the scripts and styles that it names. */
function firstPage() {
  const page = readFileSync(join(OUT, 'index.html'), 'utf8');
  const parts = [...page.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, part]) => part);
  return ['index.html', ...parts].reduce((sum, part) => sum + gzipSync(readFileSync(join(OUT, part))).length, 0);
}

// What is built is what is served, also when a test asks for it.
process.env.NODE_ENV = 'production';

async function main() {
  const made = fingerprint();
  if (existsSync(MADE_FROM) && readFileSync(MADE_FROM, 'utf8') === made && !process.argv.includes('--force')) return;
  const { build } = await import('vite');
  await build({ configFile: join(__dirname, 'vite.config.mts'), logLevel: 'warn' });
  writeFileSync(MADE_FROM, made);
  process.stdout.write(`console: first page ${(firstPage() / 1000).toFixed(0)} kB gzipped, without fonts\n`);
}

main().catch((error) => {
  process.stderr.write(`console: ${error.message}\n`);
  process.exitCode = 1;
});
