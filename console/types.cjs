// Writes what the console takes from the API: the types of its routes, the case types with the forms of their actions, the offices and the limits; with --check it only says whether they are current.
require('../test/support/typescript-hook.cjs');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const TYPES = join(__dirname, 'src/api/schema.d.ts');
const NAMES = join(__dirname, 'src/api/statement-names.json');
const FORMS = join(__dirname, 'src/api/case-types.json');
const CORRECTABLE = join(__dirname, 'src/api/correctable.json');
const OFFICES = join(__dirname, 'src/api/offices.json');
const LIMITS = join(__dirname, 'src/api/limits.json');

/** Every problem looks the same: its own schema is enough, without a list of codes at each operation. */
function withoutProblems(document) {
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    operation.responses = Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status < '3'));
  }
  return document;
}

async function main() {
  const { default: openapiTs } = await import('openapi-typescript');
  const {
    wholeDocument,
    caseTypeForms,
    correctable,
    limits,
    offices,
    statementNames,
  } = require('../api/openapi/whole.ts');
  const document = withoutProblems(JSON.parse(JSON.stringify(wholeDocument())));
  /** The type of one of several: written without a type that stands for anything. */
  const unknowing = (text) => text.replaceAll('any[]', 'unknown[]');
  const texts = {
    [TYPES]: unknowing(
      await openapiTs(document, { commentHeader: '/** Made from the API by `npm run console:types`. */\n' }),
    ),
    [NAMES]: `${JSON.stringify(statementNames, null, 1)}\n`,
    [CORRECTABLE]: `${JSON.stringify(correctable, null, 1)}\n`,
    [OFFICES]: `${JSON.stringify(offices)}\n`,
    [LIMITS]: `${JSON.stringify(limits)}\n`,
    [FORMS]: `${JSON.stringify(caseTypeForms(), null, 1)}\n`,
  };
  for (const [path, text] of Object.entries(texts)) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    if (process.argv.includes('--check'))
      throw new Error('the types of the console are not current: run `npm run console:types`');
    writeFileSync(path, text);
  }
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
