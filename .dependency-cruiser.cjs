/** What each folder may import; see docs/architecture.md. Types count too: a folder that needs another's types depends on it. */
const folder = (name) => `^${name}/`;
const ours =
  '^(domain|workflows|activities|adapters|client|worker|api|sandbox|engine|system|demo|bench|cards|papers|ops|cli|chaos|console)/';
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from,
  to: { path: ours, pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '^domain/case/(model|repair-and-reset)[.]ts$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('domain-is-pure', { path: folder('domain') }, [folder('domain')]),
    {
      name: 'domain-imports-no-library',
      severity: 'error',
      from: { path: folder('domain') },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: ['node_modules/(zod|@internationalized/date)/'] },
    },
    only(
      'workflow-code',
      {
        path: folder('workflows'),
        pathNot: ['[/-]steps\\.ts$', '/application\\.ts$', 'workflows/case-types/applications\\.ts$'],
      },
      [
        folder('domain'),
        folder('workflows'),
        // Its types: what the activity is asked and answers.
        '^activities/advance[.]ts$',
        '^activities/(ops|services)/',
      ],
    ),
    {
      name: 'workflow-code-has-no-zod',
      severity: 'error',
      from: { path: folder('workflows'), pathNot: ['/application\\.ts$', 'applications\\.ts$'] },
      to: { path: 'node_modules/zod/' },
    },
    only('activities', { path: folder('activities') }, [
      folder('domain'),
      folder('workflows'),
      folder('activities'),
      folder('ops'),
      '^adapters/.*port[.]ts$',
    ]),
    only('adapters', { path: folder('adapters') }, [folder('domain'), folder('adapters')]),
    only('client', { path: folder('client') }, [folder('domain'), folder('client'), folder('workflows')]),
    only('ops', { path: folder('ops') }, [
      folder('domain'),
      folder('ops'),
      folder('client'),
      '^workflows/(case-types/index|ops/messages)[.]ts$',
      '^adapters/.*port[.]ts$',
      // What the doctor compares the running system with.
      '^adapters/(postgres/migrations/|signing/ed25519[.]ts$)',
      '^engine/oldest[.]ts$',
    ]),
    only('api', { path: folder('api') }, [
      folder('domain'),
      folder('api'),
      folder('adapters'),
      folder('client'),
      folder('ops'),
      folder('workflows'),
      folder('papers'),
      folder('cards'),
      // An action is rehearsed for its preview by what would take it, and kinship is looked up as a case looks it up.
      '^activities/(kinds|rehearsal|stages/kinship)[.]ts$',
      '^engine/config[.]ts$',
    ]),
    only('worker', { path: folder('worker') }, [
      folder('domain'),
      folder('worker'),
      folder('activities'),
      folder('workflows'),
      folder('adapters'),
      folder('client'),
      folder('ops'),
      '^engine/(config|free-port)[.]ts$',
    ]),
    only('cli', { path: folder('cli') }, [
      folder('domain'),
      folder('cli'),
      folder('ops'),
      folder('client'),
      folder('adapters'),
      '^workflows/case-types/index[.]ts$',
      '^worker/(replay|bundle)[.]ts$',
      '^engine/(config|addresses)[.]ts$',
    ]),
    only('chaos', { path: folder('chaos') }, [
      folder('domain'),
      folder('chaos'),
      folder('ops'),
      folder('client'),
      folder('adapters'),
      folder('worker'),
      folder('sandbox'),
      folder('engine'),
      folder('system'),
      folder('demo'),
    ]),
    only('sandbox', { path: folder('sandbox') }, [folder('domain'), folder('sandbox')]),
    only('engine', { path: folder('engine') }, [folder('engine')]),
    only('papers', { path: folder('papers') }, [folder('domain'), folder('papers'), '^cards/(pdf-)?fonts\\.ts$']),
    only('cards', { path: folder('cards') }, [folder('domain'), folder('cards'), '^adapters/card-bureau/port\\.ts$']),
    {
      name: 'only-client-reaches-the-engine',
      severity: 'error',
      // The two files that connect are handed the client from outside the routes.
      from: {
        pathNot: '^api/(start|ops/connect)[.]ts$',
        path: ['^api/', '^adapters/', '^activities/', '^domain/', '^sandbox/'],
      },
      to: { path: 'node_modules/@temporalio/client/' },
    },
    {
      name: 'only-api-knows-http',
      severity: 'error',
      from: { pathNot: '^(api|test|bench/bare)/' },
      to: { path: 'node_modules/express/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^console/', '^test/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
