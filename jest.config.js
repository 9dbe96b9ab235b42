/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // Suites wait for the engine more than they compute.
  maxWorkers: '100%',
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  transform: {
    '^.+\\.(t|j)sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2023',
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: {
    '^@tajdid/client$': '<rootDir>/packages/client/src/index.ts',
    '^@react-pdf/hyphenate/(.*)$': '<rootDir>/node_modules/@react-pdf/hyphenate/lib/$1.js',
  },
  // These packages ship ES modules only; everything else in node_modules is loaded as it is.
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|@react-pdf|yoga-layout|mrz|color-string|color-name)/)',
    '<rootDir>/dist/',
  ],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // The one bound of all tests, for what hangs: a busy machine is no fault.
  testTimeout: 300000,
  // With nothing left open a worker may still take a second to give back what its engine had: jest's half is too short for it.
  workerGracefulExitTimeout: 10000,
};
