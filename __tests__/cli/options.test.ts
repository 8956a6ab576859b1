import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {readArgs} from '../../src/commands/read-args.js'
import type {Options} from '../../src/app/options.js'
import {refusedOption} from '../../src/commands/check-values.js'
import {open, runScript, scene, type Scene} from '../e2e/wizard.js'

const optionsOf = (...args: string[]): Options => {
  const options = readArgs(args)
  if ('what' in options) throw new Error(options.what)
  return options
}

describe('an option that cannot be an answer is refused', () => {
  test.each([
    [['--region', 'mars'], '--region', 'AWS has no region of this name.', 'us-east-1'],
    [['--region', 'Ireland'], '--region', 'Did you mean eu-west-1, Europe (Ireland)?', 'eu-west-1'],
    [['--region', 'EU-WEST-1'], '--region', 'Did you mean eu-west-1, Europe (Ireland)?', 'eu-west-1'],
    [['--region', 'germany'], '--region', 'Did you mean eu-central-1', 'eu-central-1'],
    [['--region', ''], '--region', 'A region is needed.', 'us-east-1'],
    [['--region', ' '], '--region', 'A region is needed.', 'us-east-1'],
    [['demo', '--region', 'mars'], '--region', 'AWS has no region of this name.', 'us-east-1'],
    [['--profile', 'a b'], '--profile', 'no blanks', 'a-b'],
    [['--profile', ''], '--profile', 'A profile needs a name.', 'default'],
    [['sso', '--sso-region', 'eu-west1'], '--sso-region', 'Did you mean eu-west-1', 'eu-west-1'],
    [['sso', '--start-url', 'acme'], '--start-url', 'Give the whole address.', 'acme.awsapps.com'],
    [['sso', '--template', '{acct}-x'], '--template', '{acct} stands for nothing', '{account}-{role}'],
    [['sso', '--session', 'my sso'], '--session', 'no blanks', 'my-sso'],
    [['sso', '--account', '12345'], '--account', 'An account ID has 12 digits; this has 5.', '123456789012'],
  ])('%j', async (args, option, what, example) => {
    const refused = await refusedOption(optionsOf(...args))
    expect(refused).toMatchObject({option, complaint: {what: expect.stringContaining(what)}})
    expect(refused?.complaint.example).toContain(example)
  })

  test.each([
    [['--region', 'eu-west-1']],
    // Newer than this program.
    [['--region', 'us-east-9']],
    // May be there already; its question knows.
    [['--profile', 'Default']],
    [['doctor', '--profile', 'a b', '--region', 'mars']],
    [['sso', '--start-url', 'https://acme.awsapps.com/start', '--account', '1234-5678-9012']],
    [['sso', '--template', '{account}']],
    [[]],
  ])('but not %j', async (args) => {
    expect(await refusedOption(optionsOf(...args))).toBeUndefined()
  })

  test('blanks around a value are left out', () => {
    expect(
      optionsOf('--region', ' eu-west-1 ', '--profile', 'dev\n', 'sso', '--session', ' s '),
    ).toMatchObject({
      region: 'eu-west-1',
      profile: 'dev',
      session: 's',
    })
  })
})

describe('the command line', () => {
  test.each([
    [['--profile', '-x'], '--profile needs a value, and what follows begins with a dash.', '--profile=VALUE'],
    [['--profile'], '--profile needs a value.', '--profile VALUE'],
    [['--region', '--yes'], '--region needs a value, and what follows begins with a dash.', '--region=VALUE'],
    [['--yes=1'], '--yes takes no value.', 'serverless-setup --yes'],
    [['--nonsense'], 'There is no option --nonsense.', 'serverless-setup --help'],
    [['-x'], 'There is no option -x.', 'serverless-setup --help'],
  ])('%j is told in a sentence', (args, what, example) => {
    const problem = readArgs(args)
    expect(problem).toMatchObject({what})
    expect((problem as {example: string}).example).toContain(example)
  })
})

describe('the program', () => {
  let stage: Scene
  beforeEach(async () => {
    stage = await scene()
  })
  afterEach(async () => stage.close())

  test.each([
    [['--path', 'local', '--region', 'EU-WEST-1', '--keys-from', '-', '--yes']],
    [['demo', '--region', 'EU-WEST-1']],
    [['sso', 'setup', '--region', 'EU-WEST-1']],
  ])('ends with 2 before anything else: %j', async (args) => {
    const {code, stdout, stderr} = await runScript(stage, args, 'AKIAQWERTYUIOPASDFGH')
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toBe(
      '--region: AWS has no region of this name. Did you mean eu-west-1, Europe (Ireland)?\nExample: --region eu-west-1\n',
    )
  })

  test('tells it as JSON where JSON is spoken', async () => {
    const {code, stdout, stderr} = await runScript(stage, ['--region', 'mars', '--json'])
    expect({code, stderr}).toEqual({code: 2, stderr: ''})
    expect(JSON.parse(stdout)).toMatchObject({type: 'error', code: 'OPTION_REFUSED'})
  })

  test('gives a terminal back as it was', async () => {
    const terminal = await open(stage, {args: ['--profile', 'a b']})
    expect(await terminal.exit()).toMatchObject({code: 2})
    const shown = terminal.scrollback().join('\n')
    expect(shown).toContain('--profile: A profile name can hold')
    expect(shown).toContain('Example: --profile a-b')
    expect(shown).not.toContain('terminal to ask')
    expect(await terminal.restored()).toEqual([])
  })

  test('says of a file that it holds no key, before a question', async () => {
    stage.home.write('service/package.json', '{"name": "acme"}')
    const {code, stdout, stderr} = await runScript(stage, ['--keys-from', 'package.json', '--yes'])
    expect({code, stdout}).toEqual({code: 2, stdout: ''})
    expect(stderr).toContain('There is no access key in package.json.')
    const folder = await runScript(stage, ['import', '/etc'])
    expect(folder.code).toBe(1)
    expect(folder.stderr).toContain('/etc is a folder.')
    const missing = await runScript(stage, ['import', 'nowhere.csv'])
    expect(missing.stderr).toContain('There is no file nowhere.csv.')
  })

  test('says of nothing kept that there was nothing', async () => {
    const {code, stdout} = await runScript(stage, ['undo', '--forget'])
    expect({code, stdout}).toEqual({code: 0, stdout: 'Nothing was kept for undo.\n'})
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)

    const key = stage.practice.issueKey({userName: 'ada'})
    const csv = `Access key ID,Secret access key\n${key.accessKeyId},${key.secretAccessKey}\n`
    await runScript(stage, ['import', '-', '--yes'], csv)
    const listed = await runScript(stage, ['undo', '--list'])
    expect(listed.stdout).toMatch(/^1 {2}20\S+Z {2}~\/\.aws\/credentials, ~\/\.aws\/config\n$/)
    const dry = await runScript(stage, ['undo', '--forget', '--dry-run'])
    expect(dry).toMatchObject({code: 0, stdout: 'Dry run: what is kept for undo stays.\n'})
    const forgotten = await runScript(stage, ['undo', '--forget'])
    expect(forgotten.stdout).toContain('What was kept for undo is deleted.')
    expect((await runScript(stage, ['undo', '--list'])).stdout).toBe('Nothing was kept for undo.\n')
    expect(stage.home.read('.aws/credentials')).toContain(key.accessKeyId)
  })
})
