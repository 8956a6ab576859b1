import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/**
 * Imports point one way: of each room of the house the rooms that it may import from. What stands below knows nothing of what
 * stands above it. `files` has the text of AWS files read, so that undo leaves what it is not to change as it was.
 */
const ROOMS = {
  text: [],
  domain: ['text'],
  engine: ['domain', 'text'],
  paste: ['domain', 'text'],
  files: ['aws-files', 'domain', 'text'],
  'aws-files': ['files', 'domain', 'text'],
  credentials: ['aws-files', 'files', 'domain', 'text'],
  service: ['credentials', 'files', 'engine', 'domain', 'text'],
  doctor: ['service', 'credentials', 'aws-files', 'files', 'engine', 'domain', 'text'],
  aws: ['domain', 'text'],
  dashboard: ['service', 'aws', 'files', 'domain', 'text'],
  practice: ['text'],
  flows: ['engine', 'paste', 'domain', 'text'],
  components: ['engine', 'domain', 'text'],
  frontends: ['components', 'engine', 'domain', 'text'],
  adapters: [
    'flows',
    'doctor',
    'dashboard',
    'service',
    'credentials',
    'aws-files',
    'files',
    'aws',
    'engine',
    'paste',
    'domain',
    'text',
  ],
  app: [
    'adapters',
    'frontends',
    'components',
    'flows',
    'practice',
    'dashboard',
    'service',
    'files',
    'engine',
    'domain',
    'text',
  ],
  commands: ['app', 'frontends', 'files', 'domain', 'text'],
}

/** Packages and modules of Node that only some rooms know. */
const PACKAGES = {
  ink: ['frontends', 'components'],
  react: ['frontends', 'components'],
  '@inquirer/*': ['frontends'],
  '@aws-sdk/*': ['aws'],
  '@smithy/*': ['aws', 'dashboard'],
  open: ['adapters'],
  ini: ['files'],
  yaml: ['service', 'files'],
}

/** The rooms at the top of the tree stand beside `src`, all others in it. */
const folderOf = (room) => (['flows', 'components'].includes(room) ? room : `src/${room}`)

function importsOf(room) {
  const others = Object.keys(ROOMS).filter((each) => each !== room && !ROOMS[room].includes(each))
  // The practice AWS has folders of its own by these names.
  const denied = room === 'practice' ? others.filter((each) => each !== 'dashboard') : others
  const packages = Object.keys(PACKAGES).filter((name) => !PACKAGES[name].includes(room))
  const node = ['flows', 'components'].includes(room) ? ['node:*'] : []
  const group = [
    ...denied.flatMap((each) =>
      // A flow has folders of these names beside it.
      folderOf(each) === each
        ? [`**/${each}/**`]
        : folderOf(room) === room
          ? [`**/src/${each}/**`]
          : [`../${each}/**`, `../../${each}/**`, `../../../${each}/**`],
    ),
    ...packages,
    ...node,
  ]
  const message = `${room} knows ${ROOMS[room].join(', ') || 'no other room'} (eslint.config.js).`
  return {
    files: [`${folderOf(room)}/**`],
    rules: {'no-restricted-imports': ['error', {patterns: [{group, message}]}]},
  }
}

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
  ...Object.keys(ROOMS).map(importsOf),
)
