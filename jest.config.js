/** Jest on native ES modules; swc only strips types, `tsc` checks them. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {'^(\\.{1,2}/.*)\\.js$': '$1'},
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: {syntax: 'typescript', tsx: true},
          transform: {react: {runtime: 'automatic'}},
          target: 'es2022',
        },
        module: {type: 'es6'},
      },
    ],
  },
  setupFiles: ['<rootDir>/__tests__/support/no-ci.js'],
  reporters: ['default', '<rootDir>/__tests__/support/closing-line.js'],
  // Most of a test is the wait for a program: with all cores the suite takes little more than half the time.
  maxWorkers: '100%',
  testTimeout: 60_000,
}
