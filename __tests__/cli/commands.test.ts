/** The table of commands: what the help, the completion, the docs and the reading of arguments make of it. */
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {completionScript} from '../../src/commands/completion-script.js'
import {commandsPage, readmeTable} from '../../src/commands/docs.js'
import {helpText} from '../../src/commands/help-text.js'
import {COMMAND_NAMES, commandOf} from '../../src/commands/index.js'
import {answersOf, optionOf} from '../../src/app/options.js'
import {readArgs} from '../../src/commands/read-args.js'
import type {Options, UsageProblem} from '../../src/app/options.js'
import {GENERAL_OPTIONS, OPTION_NAMES} from '../../src/domain/option-names.js'
import {runScript, scene, type Scene} from '../e2e/wizard.js'

const optionsOf = (...args: string[]): Options => {
  const options = readArgs(args)
  if ('what' in options) throw new Error(options.what)
  return options
}
const refusedBy = (...args: string[]): UsageProblem => {
  const problem = readArgs(args)
  if (!('what' in problem)) throw new Error(`${args.join(' ')} was taken`)
  return problem
}

describe('help', () => {
  test.each<string | undefined>([undefined, ...COMMAND_NAMES])('of %s fits 80 columns', (name) => {
    expect(
      helpText(name)
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([])
  })

  test.each(COMMAND_NAMES)('of %s names all that it takes, and no option of others', (name) => {
    const taken: readonly string[] = [...commandOf(name).options, ...GENERAL_OPTIONS]
    for (const each of OPTION_NAMES)
      expect([each, new RegExp(`--${each}(?![\\w-])`).test(helpText(name).split('\nExamples')[0]!)]).toEqual([
        each,
        taken.includes(each),
      ])
  })

  test('is asked for in three ways', () => {
    for (const args of [
      ['help', 'import'],
      ['import', '--help'],
      ['import', 'key.csv', '-h'],
    ])
      expect(optionsOf(...args)).toMatchObject({command: 'help', operands: ['import']})
    expect(optionsOf('--help')).toMatchObject({command: 'help', operands: []})
    expect(optionsOf('help')).toMatchObject({command: 'help', operands: []})
    expect(optionsOf('local', '--help')).toMatchObject({command: 'help', operands: []})
  })

  test('its examples are taken as they stand', () => {
    for (const name of COMMAND_NAMES)
      for (const example of commandOf(name).examples)
        expect(optionsOf(...example.split(' ')).command).toBe(example.endsWith('--help') ? 'help' : name)
    for (const example of commandOf('wizard').examples)
      expect(optionsOf(...example.split(' ').filter(Boolean)).command).toBe('wizard')
  })
})

describe('what is meant', () => {
  test.each([
    ['skip', 'skip'],
    ['role', 'role'],
    ['local', 'local'],
  ])('%s alone is a path of the wizard', (word, path) => {
    expect(optionsOf(word, '--yes')).toMatchObject({command: 'wizard', path, yes: true})
    expect(optionsOf('--path', path)).toMatchObject({command: 'wizard', path})
  })

  test('--path sso is the command', () => {
    expect(optionsOf('--path', 'sso')).toMatchObject({command: 'sso', operands: []})
  })

  test.each([
    [['docter'], 'Did you mean doctor?', 'serverless-setup doctor'],
    [['resolver'], 'Did you mean resolvers?', 'serverless-setup resolvers'],
    [['lokal'], 'Did you mean local?', 'serverless-setup local'],
    [['nonsense'], 'The commands are: doctor, ', 'serverless-setup demo'],
    [['--paht', 'local'], 'There is no option --paht. Did you mean --path?', 'serverless-setup local --help'],
    [['--dryrun'], 'Did you mean --dry-run?', 'serverless-setup --help'],
    [['--path', 'rolle'], 'Did you mean role?', 'serverless-setup --path role'],
    [['sso', 'lgin'], 'Did you mean login?', 'serverless-setup sso login'],
    [['demo', 'roles'], 'Did you mean role?', 'serverless-setup demo role'],
    [
      ['resolvers', 'nonsense'],
      'resolvers takes one of: check, explain, edit.',
      'serverless-setup resolvers',
    ],
    [['import'], 'import takes one file, or - for standard input.', 'import accessKeys.csv'],
    [['import', 'a', 'b'], 'import takes one file', 'serverless-setup import'],
    [['undo', 'dev'], 'undo takes no name after it.', 'serverless-setup undo'],
    [['local', 'dev'], 'A path takes no name after it.', 'serverless-setup'],
    [['completion'], 'completion takes one of: bash, zsh, fish, powershell.', 'completion bash'],
    [['help', 'docter'], 'Did you mean doctor?', 'serverless-setup help doctor'],
    [['skip', '--keys-from', 'k.csv'], 'the path skip saves none', 'local --keys-from key.csv'],
    [['--path', 'role', '--keys-from', 'k.csv'], 'the path role saves none', 'local --keys-from key.csv'],
    [['local', '--path', 'role'], 'Two paths are named', 'serverless-setup local'],
    [['doctor', '--verify=yes'], '--verify takes no value.', 'serverless-setup doctor --verify'],
    [['undo', '--list', '--forget'], 'give one', 'serverless-setup undo --list'],
    [['sso', '--browser', '--device-code'], 'two ways to sign in', 'sso --device-code'],
  ])('%j', (args, what, example) => {
    const problem = refusedBy(...args)
    expect(problem.what).toContain(what)
    expect(problem.example).toContain(example)
  })

  test('an option that a command would pass over is refused, with who takes it', () => {
    for (const name of COMMAND_NAMES)
      for (const each of OPTION_NAMES) {
        const option = optionOf(each)
        if (([...commandOf(name).options, ...GENERAL_OPTIONS] as readonly string[]).includes(each)) continue
        const operand = commandOf(name).examples[0]!.split(' ').slice(1)
        const value = option.kind === 'text' ? [option.choices?.[0] ?? 'x'] : []
        expect(refusedBy(name, ...operand, `--${each}`, ...value).what).toContain(`takes no --${each}`)
      }
    expect(refusedBy('undo', '--region', 'eu-west-1')).toEqual({
      what: 'undo takes no --region: that is of the wizard, doctor, resolvers, sso, import, demo.',
      example: 'serverless-setup undo --help',
    })
  })
})

describe('what was given answers questions', () => {
  const answers = (...args: string[]) => Object.fromEntries(answersOf(optionsOf(...args).given))

  test('each option its own, and where two meet the one that says more', () => {
    expect(answers('--profile', 'dev', '--region', 'eu-west-1')).toEqual({
      profile: 'dev',
      'sso-profile': 'dev',
      'resolvers-source': 'dev',
      'resolvers-profile': 'dev',
      region: 'eu-west-1',
      'resolvers-region': 'eu-west-1',
    })
    expect(answers('sso', '--session', 's', '--account', '1234-5678-9012', '--role', 'R')).toMatchObject({
      'sso-session': 's',
      'sso-account': '123456789012',
      'sso-extent': 'one',
      'sso-logout': ['s'],
    })
    expect(answers('sso', '--session', 's', '--start-url', 'https://a.awsapps.com/start')).toMatchObject({
      'sso-session': 'new session',
      'sso-session-name': 's',
    })
    expect(answers('sso', '--template', '{role}')).toMatchObject({'sso-extent': 'role'})
    expect(answers('role', '--template-name', 'AWS Node.js Simple Function')).toMatchObject({
      template: 'aws-node-simple',
    })
  })
})

describe('completion', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'serverless-setup-completion-'))
  })
  afterEach(() => rmSync(dir, {recursive: true, force: true}))

  /** What bash offers where the cursor stands behind the last word. */
  function bash(...words: string[]): readonly string[] {
    const typed = ['serverless-setup', ...words].map((word) => `'${word}'`).join(' ')
    const script = `${completionScript('bash')}
COMP_WORDS=(${typed}); COMP_CWORD=${words.length}
_serverless_setup; printf '%s\\n' "\${COMPREPLY[@]}"`
    const {stdout, stderr} = spawnSync('bash', ['-c', script], {encoding: 'utf8', cwd: dir})
    expect(stderr).toBe('')
    return stdout.split('\n').filter(Boolean)
  }

  test('in bash: commands, their words, their options and values', () => {
    expect(bash('')).toEqual([...COMMAND_NAMES, 'role', 'local', 'skip'])
    expect(bash('do')).toEqual(['doctor'])
    expect(bash('sso', 'lo')).toEqual(['login', 'logout'])
    expect(bash('help', 're')).toEqual(['resolvers'])
    expect(bash('undo', '--f')).toEqual(['--forget'])
    expect(bash('undo', '--re')).toEqual([])
    expect(bash('--path', '')).toEqual(['role', 'local', 'skip', 'sso'])
    expect(bash('role', '--or')).toEqual(['--org'])
    writeFileSync(join(dir, 'key.csv'), '')
    expect(bash('import', 'k')).toEqual(['key.csv'])
    expect(bash('--keys-from', 'k')).toEqual(['key.csv'])
    expect(bash('--profile', 'do')).toEqual([])
    expect(bash('--profile', 'doctor', '--org')).toEqual(['--org'])
    writeFileSync(join(dir, 'my key.csv'), '')
    expect(bash('import', 'my')).toEqual(['my key.csv'])
  })

  for (const [shell, args] of [
    ['zsh', ['-n']],
    ['fish', ['--no-execute']],
  ] as const) {
    const isHere = spawnSync(shell, ['--version']).status === 0
    if (!isHere) console.warn(`skipped: the completion is not read by ${shell}, because it is not installed`)
    ;(isHere ? test : test.skip)(`${shell} reads it`, () => {
      const file = join(dir, 'completion')
      writeFileSync(file, completionScript(shell))
      expect(spawnSync(shell, [...args, file], {encoding: 'utf8'})).toMatchObject({status: 0, stderr: ''})
    })
  }

  test.each(['zsh', 'fish', 'powershell'])('for %s names every command and option', (shell) => {
    const script = completionScript(shell)
    for (const name of COMMAND_NAMES) expect(script).toMatch(new RegExp(`(?<![\\w-])${name}(?![\\w-])`))
    for (const name of OPTION_NAMES) expect(script).toMatch(new RegExp(`(?:--|-l )${name}(?![\\w-])`))
  })
})

describe('the docs', () => {
  test('have the commands and options as they are', () => {
    expect(readFileSync('docs/commands.md', 'utf8')).toBe(commandsPage())
    expect(readFileSync('README.md', 'utf8')).toContain(readmeTable())
  })
})

describe('the program', () => {
  let stage: Scene
  beforeEach(async () => {
    stage = await scene()
  })
  afterEach(async () => stage.close())

  test('tells of bad usage in a sentence, or as JSON where JSON is spoken', async () => {
    const told = await runScript(stage, ['docter'])
    expect(told).toMatchObject({code: 2, stdout: ''})
    expect(told.stderr).toMatch(/^There is no command of this name\. Did you mean doctor\? .*\nExample: /)
    const json = await runScript(stage, ['undo', '--region', 'x', '--json'])
    expect(json).toMatchObject({code: 2, stderr: ''})
    expect(JSON.parse(json.stdout)).toMatchObject({
      type: 'error',
      code: 'BAD_USAGE',
      next_steps: ['Write it like this: `serverless-setup undo --help`'],
    })
  })

  test('tells of itself without a home', async () => {
    delete stage.home.env['HOME']
    for (const [args, words] of [
      [['--version'], '0.1.0'],
      [['import', '--help'], 'serverless-setup import FILE|- [options]'],
      [['completion', 'fish'], 'complete -c serverless-setup'],
    ] as const) {
      const {code, stdout} = await runScript(stage, args)
      expect(code).toBe(0)
      expect(stdout).toContain(words)
    }
  })
})
