import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/** What those that only judge what was read do not know: SDK, network, front ends, and who connects them. */
const BEYOND_JUDGES = [
  'ink',
  'react',
  '@inquirer/*',
  '@aws-sdk/*',
  '@smithy/*',
  'node:http*',
  'node:net',
  '**/flows/**',
  '**/frontends/**',
  '**/components/**',
  '**/practice/**',
  '**/wiring/**',
]

/**
 * Imports point one way. Each entry names a room and what may not be imported in it;
 * the patterns are matched against the text of the import.
 */
const rooms = [
  {
    files: ['flows/**'],
    message: 'A flow is pure: ports are typed where they are consumed and injected by the driver.',
    group: [
      'ink',
      'react',
      '@aws-sdk/*',
      '@smithy/*',
      'node:*',
      'fs',
      'open',
      'ini',
      '@inquirer/*',
      '**/frontends/**',
      '**/components/**',
      '**/practice/**',
      '**/files/**',
      '**/aws/client*',
      '**/cli*',
    ],
  },
  {
    files: ['components/**'],
    message: 'A component shows what it is given: no flow, store, service or clock.',
    group: [
      '**/flows/**',
      '**/store/**',
      '**/files/**',
      '**/aws/**',
      '**/practice/**',
      '**/frontends/**',
      'node:fs*',
      '@aws-sdk/*',
    ],
  },
  {
    files: ['src/engine/**'],
    message: 'The engine knows no front end, flow or service.',
    group: [
      'ink',
      'react',
      '**/flows/**',
      '**/frontends/**',
      '**/components/**',
      '**/store/**',
      '**/files/**',
      '**/aws/**',
      '**/practice/**',
      '@aws-sdk/*',
    ],
  },
  {
    files: ['src/store/**', 'src/files/**', 'src/aws/**', 'src/safety/**', 'src/service/**'],
    message: 'Services stand under the flows and front ends and know neither.',
    group: [
      'ink',
      'react',
      '@inquirer/*',
      '**/flows/**',
      '**/frontends/**',
      '**/components/**',
      '**/practice/**',
    ],
  },
  {
    files: ['src/credentials/**'],
    message:
      'Which credentials are used is worked out of the files: it knows neither who asks nor the network.',
    group: [...BEYOND_JUDGES, '**/doctor/**', '**/aws/**'],
  },
  {
    files: ['src/doctor/**'],
    message: 'The doctor judges what was read: no SDK, no network, no front end.',
    group: BEYOND_JUDGES,
  },
  {
    files: ['src/frontends/**'],
    message: 'A front end draws steps; it never reaches a flow or a service by name.',
    group: ['**/flows/**', '**/store/**', '**/files/**', '**/aws/**', '**/practice/**', '@aws-sdk/*'],
  },
]

export default tseslint.config(
  {ignores: ['dist', 'coverage', 'node_modules', '.tmp']},
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-control-regex': 'off',
      'no-restricted-syntax': [
        'error',
        {
          // In the build a package of CommonJS has but a default when it is loaded late: load a module that imports it.
          selector:
            'VariableDeclarator[init.type="AwaitExpression"][init.argument.type="ImportExpression"][init.argument.source.value=/^(?!node:)[a-z@]/] > ObjectPattern > Property[key.name!="default"]',
          message: 'Import names of a package in a module of our own, and load that one late.',
        },
      ],
      '@typescript-eslint/no-unused-vars': ['error', {ignoreRestSiblings: true, argsIgnorePattern: '^_'}],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    // Runs only where esbuild has put it.
    files: ['scripts/build/plain-text.mjs'],
    languageOptions: {globals: {require: 'readonly'}},
    rules: {'@typescript-eslint/no-require-imports': 'off'},
  },
  {
    // Handlers as AWS Lambda loads them without a build.
    files: ['templates/**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {require: 'readonly', exports: 'writable', console: 'readonly'},
    },
    rules: {'@typescript-eslint/no-require-imports': 'off'},
  },
  ...rooms.map(({files, message, group}) => ({
    files,
    rules: {'no-restricted-imports': ['error', {patterns: [{group, message}]}]},
  })),
)
