/** A service on disk: which file is taken, what it says, and a save that leaves the rest of the folder alone. */
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {findService} from '../../src/service/program.js'
import {commitPlan} from '../../src/files/commit.js'
import {findServiceFile, planOrgApp, readService} from '../../src/service/service-file.js'

const ASKED = {org: 'acme', app: 'shop'}
let dir = ''
const at = (name: string) => join(dir, name)

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'service-'))
})
afterEach(() => rm(dir, {recursive: true, force: true}))

async function code(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: {problem?: {code: string}}) => error.problem?.code,
  )
}

describe('finding', () => {
  test.each(['serverless.yml', 'serverless.yaml', 'serverless.json', 'serverless.ts', 'serverless.js'])(
    '%s',
    async (name) => {
      expect(findServiceFile(dir)).toBeUndefined()
      await writeFile(at(name), '{}')
      expect(findServiceFile(dir)).toBe(at(name))
    },
  )

  test('serverless.yml comes before the others', async () => {
    for (const name of ['serverless.js', 'serverless.json', 'serverless.yml']) await writeFile(at(name), '{}')
    expect(findServiceFile(dir)).toBe(at('serverless.yml'))
  })

  test('the program of the service comes before the one of the machine, and a folder is none', async () => {
    await writeFile(at('serverless.yml'), 'service: a\n')
    await mkdir(at('bin/serverless'), {recursive: true})
    expect(await findService(dir, {PATH: at('bin')})).toBeUndefined()
    for (const folder of ['machine', 'node_modules/.bin']) {
      await mkdir(at(folder), {recursive: true})
      await writeFile(at(`${folder}/serverless`), '')
      await chmod(at(`${folder}/serverless`), 0o755)
      expect(await findService(dir, {PATH: at('machine')})).toEqual({
        dir,
        program: at(`${folder}/serverless`),
      })
    }
  })
})

describe('reading', () => {
  test('everything that bears on credentials, variables as they stand', async () => {
    await writeFile(
      at('serverless.yml'),
      [
        'org: acme',
        'app: "shop"',
        'service: orders # ours',
        'x: &base {region: eu-west-1, profile: base}',
        'provider:',
        '  <<: *base',
        '  name: aws',
        "  stage: ${opt:stage, 'dev'}",
        '  profile: prod',
        '  resolver: main',
        'stages:',
        '  default:',
        '    resolvers:',
        '      main: {<<: *base, type: aws}',
        '  prod: {params: {a: 1}}',
        'resources:',
        '  A: !Sub "${B}"',
        '  C: !Ref D',
      ].join('\n'),
    )
    expect(await readService(at('serverless.yml'))).toMatchObject({
      path: at('serverless.yml'),
      kind: 'yml',
      model: {
        org: {value: 'acme', line: 1},
        app: {value: 'shop', line: 2},
        service: {value: 'orders', line: 3},
        provider: {
          name: {value: 'aws'},
          region: {value: 'eu-west-1', line: 4},
          stage: {value: "${opt:stage, 'dev'}"},
          profile: {value: 'prod'},
          resolver: {value: 'main'},
        },
        stages: [
          {
            name: 'default',
            resolvers: [
              {name: 'main', type: {value: 'aws'}, region: {value: 'eu-west-1'}, profile: {value: 'base'}},
            ],
          },
          {name: 'prod', resolvers: []},
        ],
      },
    })
  })

  test.each([
    ['service: {name: a}\nprovider: aws\n', {service: {value: 'a'}, provider: {name: {value: 'aws'}}}],
    ['service: 007\norg: ${env:ORG}\n', {service: {value: '007'}, org: {value: '${env:ORG}'}, provider: {}}],
    ['service:\nprovider:\n', {provider: {}}],
    [
      'x: &x {name: aws}\nservice: a\nprovider: *x\n',
      {service: {value: 'a'}, provider: {name: {value: 'aws'}}},
    ],
  ])('%j', async (text, model) => {
    await writeFile(at('serverless.yaml'), text)
    expect(await readService(at('serverless.yaml'))).toMatchObject({kind: 'yaml', model})
  })

  test('JSON', async () => {
    await writeFile(
      at('serverless.json'),
      '{"service": "a", "provider": {"name": "aws", "region": "us-east-1"}}',
    )
    expect(await readService(at('serverless.json'))).toMatchObject({
      kind: 'json',
      model: {service: {value: 'a'}, provider: {name: {value: 'aws'}, region: {value: 'us-east-1'}}},
    })
  })

  test.each(['js', 'ts'] as const)('a program in %s is neither run nor changed', async (kind) => {
    const path = at(`serverless.${kind}`)
    await writeFile(path, `throw new Error('was run')`)
    expect(await readService(path)).toEqual({
      path,
      kind,
      whyNot: expect.objectContaining({code: 'SERVICE_IS_CODE'}),
    })
    expect(await code(planOrgApp(path, ASKED))).toBe('SERVICE_IS_CODE')
  })

  test('what is not there, not UTF-8 or not YAML is told as such', async () => {
    expect(await code(readService(at('serverless.yml')))).toBe('SERVICE_FILE_MISSING')
    await writeFile(at('serverless.yml'), Buffer.from([0x73, 0x3a, 0x20, 0xff, 0x0a]))
    expect(await code(readService(at('serverless.yml')))).toBe('SERVICE_NOT_UNDERSTOOD')
    await writeFile(at('serverless.yml'), 'a: [\n')
    expect(await code(readService(at('serverless.yml')))).toBe('SERVICE_NOT_UNDERSTOOD')
  })
})

describe('planning and saving', () => {
  const before = '\ufeff# mine\r\nservice: a\r\n'
  const after = '\ufeff# mine\r\nservice: a\r\norg: acme\r\napp: shop\r\n'

  test('a plan writes nothing and shows the lines', async () => {
    await writeFile(at('serverless.yml'), before)
    const plan = await planOrgApp(at('serverless.yml'), ASKED)
    expect(plan.files[0]!.diff.map(({sign, text}) => `${sign}${text}`)).toEqual([
      ' \ufffd# mine',
      ' service: a',
      '+org: acme',
      '+app: shop',
    ])
    expect(Buffer.from(plan.files[0]!.after).toString()).toBe(after)
    expect(await readFile(at('serverless.yml'), 'utf8')).toBe(before)
  })

  test('a save keeps the mode, follows the link and leaves nothing behind', async () => {
    await writeFile(at('real.yml'), before)
    await chmod(at('real.yml'), 0o640)
    await symlink('real.yml', at('serverless.yml'))
    expect(await commitPlan(await planOrgApp(at('serverless.yml'), ASKED))).toMatchObject({warnings: []})
    expect(await readFile(at('real.yml'), 'utf8')).toBe(after)
    expect((await stat(at('real.yml'))).mode & 0o777).toBe(0o640)
    expect((await readdir(dir)).sort()).toEqual(['real.yml', 'serverless.yml'])
  })

  test('what says so already is not written', async () => {
    await writeFile(at('serverless.yml'), after)
    const {ino} = await stat(at('serverless.yml'))
    const plan = await planOrgApp(at('serverless.yml'), ASKED)
    expect(plan).toMatchObject({nothingToDo: true, files: []})
    await commitPlan(plan)
    expect((await stat(at('serverless.yml'))).ino).toBe(ino)
  })

  test('a file that was changed in the meantime is left as it is', async () => {
    await writeFile(at('serverless.yml'), before)
    const plan = await planOrgApp(at('serverless.yml'), ASKED)
    await writeFile(at('serverless.yml'), 'service: b\n')
    expect(await code(commitPlan(plan))).toBe('FILE_CHANGED')
    expect(await readFile(at('serverless.yml'), 'utf8')).toBe('service: b\n')
    expect(await readdir(dir)).toEqual(['serverless.yml'])
  })

  test('a save that is stopped changes nothing', async () => {
    await writeFile(at('serverless.yml'), before)
    const plan = await planOrgApp(at('serverless.yml'), ASKED)
    expect(await code(commitPlan(plan, {signal: AbortSignal.abort()}))).toBe('CANCELLED')
    expect(await readFile(at('serverless.yml'), 'utf8')).toBe(before)
  })
})

test('a service of another cloud is neither judged nor changed', async () => {
  for (const text of ['provider: google\n', 'provider:\n  name: azure\n  region: x\n']) {
    await writeFile(at('serverless.yml'), text)
    const {model, whyNot} = await readService(at('serverless.yml'))
    expect([model, whyNot?.code]).toEqual([undefined, 'SERVICE_NOT_AWS'])
    expect(await code(planOrgApp(at('serverless.yml'), ASKED))).toBe('SERVICE_NOT_AWS')
  }
  for (const text of ['provider: aws\n', 'provider: ${file(x)}\n', 'service: a\n']) {
    await writeFile(at('serverless.yml'), text)
    expect((await readService(at('serverless.yml'))).whyNot).toBeUndefined()
  }
})
