import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {findCanary} from '../support/canary.js'
import {choose, converse, giveKey, open, runScript, scene, type Scene} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

const SECRET = 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'
const KEY = `aws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = ${SECRET}\n`
const YAML = `# The shop
service: shop

provider:
  name: aws
  profile: old # mine
  region: eu-west-1
`

function service(text: string, name = 'serverless.yml'): void {
  mkdirSync(join(stage.dir, name, '..'), {recursive: true})
  writeFileSync(join(stage.dir, name), text)
}
const yaml = () => stage.home.read('service/serverless.yml')
const profiles = () => stage.home.write('.aws/credentials', `[old]\n${KEY}[work]\n${KEY}`)

for (const {cols, rows} of [
  {cols: 80, rows: 24},
  {cols: 60, rows: 20},
]) {
  describe(`in a terminal of ${cols}x${rows}`, () => {
    test('a stage gets an account of its own, the others keep theirs, and the change is taken back', async () => {
      profiles()
      service(YAML)
      const terminal = await open(stage, {args: ['resolvers'], cols, rows})
      await terminal.see('profile old')
      await terminal.see('What now?')
      terminal.press('down', 'down', 'enter')
      await terminal.see('For which stage?')
      terminal.press('down', 'down', 'enter')
      await terminal.see('Name of the stage:')
      terminal.press('enter')
      await terminal.see('A name for the resolver:')
      terminal.press('enter')
      await terminal.see('Where do its credentials come from?')
      terminal.press('down', 'enter')
      await terminal.see('In which region?')
      terminal.type('oregon')
      await terminal.see('us-west-2')
      terminal.press('enter')
      await terminal.see('Should a Provider of the Serverless Dashboard')
      terminal.press('enter')
      await terminal.see('Should this resolver deploy?')
      terminal.press('enter')
      await terminal.see('Write this?')
      expect(yaml()).toBe(YAML)
      terminal.press('enter')
      await terminal.see(/Stage prod +profile work/)
      expect(yaml()).toBe(`# The shop
service: shop

provider:
  name: aws
  # mine
  region: eu-west-1
  resolver: awsAccount1
stages:
  default:
    resolvers:
      awsAccount1:
        type: aws
        profile: old
        region: eu-west-1
  prod:
    resolvers:
      awsAccount1:
        type: aws
        profile: work
        region: us-west-2
        dashboard: false
`)
      terminal.press('end')
      await terminal.see('❯ Finish')
      terminal.press('up', 'enter')
      await terminal.see('This takes the last change back')
      terminal.press('enter')
      await terminal.see(/Stage dev +profile old/)
      expect(yaml()).toBe(YAML)
      terminal.press('end')
      await terminal.see('❯ Finish')
      terminal.press('enter')
      expect(await terminal.exit()).toMatchObject({code: 0})
      expect(await terminal.restored()).toEqual([])
      terminal.widthOk()
      expect(findCanary(terminal.raw, [SECRET])).toEqual([])
    })
  })
}

describe('wrong turns', () => {
  test('Esc leads back through the questions, and nothing is written by leaving', async () => {
    profiles()
    service(YAML)
    const terminal = await open(stage, {args: ['resolvers']})
    await terminal.see('What now?')
    terminal.press('enter')
    await terminal.see('Explain which stage?')
    terminal.press('enter')
    await terminal.see('provider.profile names the profile old. (serverless.yml:6)')
    terminal.press('esc')
    await terminal.see('❯ dev')
    terminal.press('esc')
    await terminal.see('❯ Explain a stage')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(yaml()).toBe(YAML)
  })

  test('a change that would stop the Framework says so before it is written', async () => {
    profiles()
    service(`service: a
provider: {name: aws}
stages:
  prod: {resolvers: {acme: {type: aws, profile: work}}}
`)
    const terminal = await open(stage, {args: ['resolvers', '--profile', 'work']})
    await terminal.see('What now?')
    terminal.press('down', 'down', 'down', 'enter')
    await terminal.see('Which resolver should deploy?')
    await terminal.see('not there in: dev')
    terminal.press('enter')
    await terminal.see('provider.resolver names acme, which is not there in')
    await terminal.see('Write this?')
    terminal.press('down', 'enter')
    await terminal.see('❯ Explain a stage')
    terminal.press('ctrl+c')
    await terminal.exit()
    expect(yaml()).not.toContain('resolver: acme')
  })

  test('a file that another program changed meanwhile is compared anew', async () => {
    profiles()
    service(YAML)
    const terminal = await open(stage, {args: ['resolvers']})
    await terminal.see('What now?')
    terminal.press('down', 'down', 'down', 'down', 'enter')
    await terminal.see('Which profile should deploy?')
    terminal.press('down', 'enter')
    await terminal.see('Write this?')
    service(`${YAML}# theirs\n`)
    terminal.press('enter')
    await terminal.see('changed by another program')
    terminal.press('enter')
    await terminal.see(/Stage dev +profile work/)
    expect(yaml()).toBe(`${YAML.replace('profile: old', 'profile: work')}# theirs\n`)
    terminal.press('ctrl+c')
    await terminal.exit()
  })
})

describe('for scripts', () => {
  test('a good service: the table, and 0', async () => {
    profiles()
    service(YAML)
    const {code, stdout} = await runScript(stage, ['resolvers', 'check'])
    expect(code).toBe(0)
    expect(stdout).toContain('Stage dev  profile old, eu-west-1')
    expect(stdout).toContain('No mistake was found')
  })

  test('mistakes with file and line, and 1', async () => {
    service(
      `${YAML}  resolver: acme\nstages:\n  dev:\n    resolvers:\n      acme:\n        type: aws\n        secretAccessKey: ${SECRET}\n`,
    )
    const {code, stdout, stderr} = await runScript(stage, ['resolvers', 'check'])
    expect(code).toBe(1)
    expect(stdout).toContain('serverless.yml:8')
    for (const each of ['RESOLVER_AND_PROFILE', 'SECRET_IN_SERVICE_FILE', 'HALF_KEY_IN_RESOLVER'])
      expect(stdout).toContain(each)
    expect(findCanary(stdout + stderr, [SECRET])).toEqual([])
  })

  test('the same as JSON, for a stage', async () => {
    profiles()
    service(
      `service: a\nprovider: aws\nstages:\n  prod:\n    resolvers:\n      acme:\n        type: aws\n        profile: gone\n`,
    )
    const {code, stdout} = await runScript(stage, ['resolvers', 'check', '--json', '--stage', 'prod'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({
      type: 'result',
      outcome: 'resolvers',
      errors: true,
      services: [
        {
          read: true,
          stages: [
            {
              stage: 'prod',
              deploys: {by: 'profile', profile: 'gone'},
              resolvers: [{profileState: 'missing'}],
            },
          ],
          findings: [{severity: 'error', code: 'PROFILE_NOT_HERE', line: 8}],
        },
      ],
    })
  })

  test('explain marks what deploys as the table does, also where the profile is not here', async () => {
    service('service: shop\nprovider:\n  name: aws\n  profile: ghost\n')
    const table = await runScript(stage, ['resolvers', 'check'])
    const explained = await runScript(stage, ['resolvers', 'explain', '--stage', 'dev'])
    expect(table.stdout).toMatch(/^✖ Stage dev +profile ghost/m)
    expect(explained.stdout).toMatch(/^✖ Deploys with +profile ghost/m)
  })

  test('explain: the reasons, each with its line', async () => {
    profiles()
    service(YAML)
    const {code, stdout} = await runScript(stage, ['resolvers', 'explain', '--stage', 'qa'])
    expect(code).toBe(0)
    expect(stdout).toContain('Stage qa')
    expect(stdout).toContain('1. provider.profile names the profile old. (serverless.yml:6)')
  })

  test('--verify says of stages of one account that they are not apart', async () => {
    const of = (userName: string) => {
      const {accessKeyId, secretAccessKey} = stage.practice.issueKey({userName})
      return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
    }
    stage.home.write('.aws/credentials', `[dev]\n${of('ada')}[prod]\n${of('bob')}`)
    const resolver = (name: string) =>
      `    resolvers:\n      acme:\n        type: aws\n        profile: ${name}\n`
    service(
      `service: shop\nprovider:\n  name: aws\n  resolver: acme\nstages:\n  dev:\n${resolver('dev')}  prod:\n${resolver('prod')}`,
    )
    expect((await runScript(stage, ['resolvers', 'check'])).stdout).not.toContain('SAME_ACCOUNT')
    const {stdout} = await runScript(stage, ['resolvers', 'check', '--verify'])
    expect(stdout).toContain('The stages dev, prod lead to one account, 123456789012.')
    expect(stdout).not.toContain('No mistake was found')
  })

  test('--verify asks AWS whether the profiles work', async () => {
    const key = stage.practice.issueKey()
    stage.home.write(
      '.aws/credentials',
      `[old]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n[bad]\n${KEY}`,
    )
    service(
      'service: a\nprovider: aws\nstages:\n  prod:\n    resolvers:\n      x:\n        type: aws\n        profile: bad\n',
    )
    const {code, stdout, stderr} = await runScript(stage, ['resolvers', 'check', '--verify'])
    expect(code).toBe(1)
    expect(stdout).toContain('PROFILE_BROKEN')
    expect(findCanary(stdout + stderr, [key.secretAccessKey, SECRET])).toEqual([])
  })

  test('each service of a compose file', async () => {
    service('services:\n  api:\n    path: api\n  web:\n    path: ./web\n', 'serverless-compose.yml')
    service('service: api\nprovider: aws\n', 'api/serverless.yml')
    service('service: web\nprovider: aws\n', 'web/serverless.yml')
    const {code, stdout} = await runScript(stage, ['resolvers', 'check'])
    expect(code).toBe(0)
    expect(stdout).toContain('api/serverless.yml')
    expect(stdout).toContain('web/serverless.yml')
  })

  test('a program is not run; it is said what cannot be read', async () => {
    service('throw new Error("run")\n', 'serverless.ts')
    const {code, stdout, stderr} = await runScript(stage, ['resolvers'])
    expect(code).toBe(0)
    expect(stdout + stderr).toContain('SERVICE_IS_CODE')
  })

  test('no service, and bad usage, are told with an example of right', async () => {
    const none = await runScript(stage, ['resolvers'])
    expect(none).toMatchObject({code: 1})
    expect(none.stderr).toContain('SERVICE_NOT_HERE')
    const bad = await runScript(stage, ['resolvers', 'chekc'])
    expect(bad).toMatchObject({code: 2})
    expect(bad.stderr).toContain('serverless-setup resolvers check --stage prod')
  })

  test('a dry run of an edit ends with its plan and 0, whatever else is wrong with the file', async () => {
    profiles()
    service(YAML.replace('profile: old', 'profile: nothere'))
    const before = yaml()
    const {code, lines} = await converse(stage, ['resolvers', 'edit', '--json', '--dry-run'], (line) =>
      line['type'] === 'question'
        ? {id: line['id'] as string, answer: line['id'] === 'resolvers-overview' ? 'move' : 'main'}
        : undefined,
    )
    expect(JSON.stringify(lines)).toContain('resolver: main')
    expect(code).toBe(0)
    expect(yaml()).toBe(before)
  })

  test('JSON lines lead through an edit, question by question', async () => {
    profiles()
    service(YAML)
    const answers: Record<string, readonly string[]> = {
      'resolvers-overview': ['move', 'done'],
      'resolvers-move-name': ['main'],
      'resolvers-plan': ['yes'],
    }
    const asked = new Map<string, number>()
    const {code, lines} = await converse(stage, ['resolvers', 'edit', '--json'], (line) => {
      if (line['type'] !== 'question') return undefined
      const id = line['id'] as string
      const turn = asked.get(id) ?? 0
      asked.set(id, turn + 1)
      return {id, answer: answers[id]?.[turn] ?? ''}
    })
    expect(code).toBe(0)
    expect(lines.at(-1)).toMatchObject({outcome: 'resolvers', written: 1, errors: false})
    expect(yaml()).toContain('  resolver: main\nstages:\n  default:\n    resolvers:\n      main:\n')
  })
})

describe('an edit that was asked for', () => {
  const TWO =
    'service: s\nprovider:\n  name: aws\n  resolver: one\nstages:\n  default:\n    resolvers:\n      one: {type: aws, profile: old}\n      two: {type: aws, profile: work}\n'

  test('and that nobody is there to choose is not made in silence', async () => {
    profiles()
    service(TWO)
    const {code, stderr} = await runScript(stage, ['resolvers', 'edit', '--resolver', 'two', '--yes'])
    expect(code).toBe(2)
    expect(stderr).toContain('UNANSWERED')
    expect(yaml()).toBe(TWO)
  })

  test.each([true, false])(
    'with a name that is not there is asked for, where somebody is (plain: %s)',
    async (isPlain) => {
      profiles()
      service(TWO)
      const terminal = await open(stage, {
        args: ['resolvers', 'edit', '--resolver', 'nope', ...(isPlain ? ['--plain'] : [])],
        rows: 40,
      })
      await terminal.see('What now?')
      if (isPlain) {
        await terminal.see('Choose the resolver that deploys')
        const row = terminal.screen().find((each) => each.includes('Choose the resolver that deploys'))!
        terminal.type(`${/\d+/.exec(row)![0]}\r`)
      } else await choose(terminal, 'Choose the resolver that deploys')
      await terminal.see('What was given beforehand was refused')
      await terminal.see('two')
      terminal.press('ctrl+c')
      expect(await terminal.exit()).toMatchObject({code: 130})
    },
  )
})

describe('with simple prompts', () => {
  test('the profile of all stages is changed', async () => {
    profiles()
    service(YAML)
    const terminal = await open(stage, {args: ['resolvers', '--plain'], rows: 40})
    const answer = async (words: string, given: string) => {
      await terminal.see(words)
      await terminal.see(/Answer \[[^\]]*\]:$/m)
      terminal.type(`${given}\r`)
    }
    await answer('What now?', '5')
    await answer('Which profile should deploy?', '2')
    await answer('Write this?', '1')
    await terminal.see(/Stage dev +profile work/)
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(yaml()).toContain('profile: work # mine')
  })
})

describe('from other paths', () => {
  test('a profile that was saved just now is put to use in the service', async () => {
    service('service: shop\nprovider:\n  name: aws\n')
    const key = stage.practice.issueKey()
    const terminal = await open(stage, {
      args: ['--path', 'local', '--profile', 'mine', '--region', 'eu-west-1'],
    })
    await giveKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
    await terminal.see('The key works')
    terminal.press('enter')
    await terminal.see('Write this?')
    terminal.press('enter')
    await terminal.see('Use this profile in the service here')
    terminal.press('down', 'enter')
    await terminal.see('+   profile: mine')
    await terminal.see('+   region: eu-west-1')
    terminal.press('enter')
    // Straight to the end, and by no menu.
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(yaml()).toBe('service: shop\nprovider:\n  name: aws\n  profile: mine\n  region: eu-west-1\n')
    // What is to be run is what is so now: the file names both.
    const last = terminal.screen().join('\n')
    expect(last).toMatch(/Saved in +serverless\.yml/)
    expect(last).toMatch(/serverless deploy *$/m)
    const {code} = await runScript(stage, ['undo', '--yes'])
    expect(code).toBe(0)
    expect(yaml()).toBe('service: shop\nprovider:\n  name: aws\n')
    expect(existsSync(join(stage.home.path, '.aws/credentials'))).toBe(false)
  })

  test('a profile that is missing is made on the way, and then put to use', async () => {
    service('service: shop\nprovider:\n  name: aws\n')
    const key = stage.practice.issueKey()
    const terminal = await open(stage, {args: ['resolvers']})
    await terminal.see('What now?')
    terminal.press('down', 'enter')
    await terminal.see('For which stage?')
    terminal.press('enter')
    await terminal.see('A name for the resolver:')
    terminal.press('enter')
    await terminal.see('❯ Make a new profile first')
    terminal.press('enter')
    await giveKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
    await terminal.see('The key works')
    terminal.press('enter')
    await terminal.see('Profile name:')
    terminal.press('enter')
    await terminal.see('Region to deploy to')
    terminal.press('enter')
    await terminal.see('Write this?')
    terminal.press('enter')
    await terminal.see('Use this profile in the service here')
    terminal.press('down', 'enter')
    await terminal.see('+   profile: default')
    terminal.press('down', 'enter')
    await terminal.see('How is the profile default to be used')
    terminal.press('down', 'enter')
    await terminal.see('For which stage?')
    terminal.press('enter')
    await terminal.see('A name for the resolver:')
    terminal.press('enter')
    await terminal.see('Should a Provider of the Serverless Dashboard')
    terminal.press('enter')
    await terminal.see('+         dashboard: false')
    terminal.press('enter')
    await terminal.see(/Stage dev +profile default of the resolver awsAccount1/)
    terminal.press('ctrl+c')
    await terminal.exit()
    expect(yaml()).toContain('      awsAccount1:\n        type: aws\n        profile: default\n')
    expect(findCanary(terminal.raw, [key.secretAccessKey])).toEqual([])
  })

  test('the doctor shows what the service it stands in says', async () => {
    profiles()
    service(YAML)
    const {stdout} = await runScript(stage, ['doctor'])
    expect(stdout).toContain('serverless.yml')
    expect(stdout).toMatch(/Stage dev +profile old, eu-west-1/)
    const {stdout: json} = await runScript(stage, ['doctor', '--json'])
    expect(JSON.parse(json.trim().split('\n').at(-1)!)).toMatchObject({
      diagnosis: {service: {read: true, stages: [{stage: 'dev', deploys: {by: 'profile', profile: 'old'}}]}},
    })
  })
})
