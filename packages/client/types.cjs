/**
 * Makes `src/api.ts` from the API's own document: what a portal may call, every problem as one schema with the codes that
 * there are. With `--check` it only says whether the file is current. Nothing has to be built or to run for it.
 */
require('../../test/support/typescript-hook.cjs');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const PATH = join(__dirname, 'src/api.ts');

const forPortals = ([path, operation]) =>
  operation.security.length === 0
    ? !path.startsWith('/v1/webhooks/')
    : operation.security.some(({ bearer }) => bearer.includes('portal'));

const problems = (schema) => ({ description: 'A problem', content: { 'application/problem+json': { schema } } });

/** What of the schemas is referred to, however deep. */
function reachable(schemas, from, seen = new Set()) {
  for (const [, name] of JSON.stringify(from).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (seen.has(name)) continue;
    seen.add(name);
    reachable(schemas, schemas[name], seen);
  }
  return seen;
}

function portalDocument(document) {
  const codes = new Set();
  const paths = {};
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (!forPortals([path, operation])) continue;
      for (const { content } of Object.values(operation.responses)) {
        for (const code of content?.['application/problem+json']?.schema.allOf[1].properties.code.enum ?? [])
          codes.add(code);
      }
      const answers = Object.entries(operation.responses).filter(([status]) => status < '3');
      const responses = {
        ...Object.fromEntries(answers),
        default: problems({ $ref: '#/components/schemas/ProblemDetails' }),
      };
      (paths[path] ??= {})[method] = { ...operation, responses };
    }
  }
  const { schemas } = document.components;
  schemas.ProblemCode = { type: 'string', enum: [...codes].sort((a, b) => (a < b ? -1 : 1)) };
  schemas.ProblemDetails.properties.code = { $ref: '#/components/schemas/ProblemCode' };
  const kept = reachable(schemas, paths);
  return {
    ...document,
    paths,
    components: {
      ...document.components,
      schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => kept.has(name))),
    },
  };
}

async function main() {
  const { default: openapiTypescript } = await import('openapi-typescript');
  const { wholeDocument } = require('../../api/openapi/whole.ts');
  const document = portalDocument(JSON.parse(JSON.stringify(wholeDocument())));
  const text = await openapiTypescript(document, {
    commentHeader: '/** Made from the API by `npm run client:types`. */\n',
  });
  const standing = existsSync(PATH) ? readFileSync(PATH, 'utf8') : '';
  if (standing === text) return;
  if (process.argv.includes('--check'))
    throw new Error('packages/client/src/api.ts is not current: run `npm run client:types`');
  writeFileSync(PATH, text);
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
