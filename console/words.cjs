// Says which words of the console nothing shows any more.
require('../test/support/typescript-hook.cjs');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const SOURCES = join(__dirname, 'src');

const keysOf = (words, before = '') =>
  Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [before + name] : keysOf(value, `${before}${name}.`),
  );

const text = readdirSync(SOURCES, { recursive: true })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('words'))
  .map((file) => readFileSync(join(SOURCES, file), 'utf8'))
  .join('\n');

const quoted = new Set([...text.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key));
/** Words of a group of which one is shown for a code. */
const groups = [...text.matchAll(/named\(\s*'([\w.-]+)'/g)].map(([, group]) => `${group}.`);
const patterns = [...text.matchAll(/`([\w.-]*(?:\$\{[^`{}]*\}[\w.-]*)+)`/g)]
  .filter(([, template]) => /^\w[\w-]*\./.test(template))
  .map(([, template]) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '.+')}$`));

const { en } = require('./src/words/en.ts');
const unused = keysOf(en)
  .map((key) => key.replace(/_(zero|one|two|few|many|other)$/, ''))
  .filter(
    (key) =>
      !quoted.has(key) &&
      !quoted.has(key.replace(/\.(zero|one|two|few|many|other)$/, '')) &&
      !groups.some((group) => key.startsWith(group)) &&
      !patterns.some((pattern) => pattern.test(key)),
  );
if (unused.length > 0) {
  process.stderr.write(`words that nothing shows: ${[...new Set(unused)].join(', ')}\n`);
  process.exitCode = 1;
}
