/** The services to begin with: they read as what they are called, run, and take nothing away from a folder. */
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {execFile, spawnSync} from 'node:child_process'
import {mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {parse} from 'yaml'
import {planUndo} from '../../src/files/undo.js'
import {awsFiles} from '../../src/files/locations.js'
import type {Plan} from '../../src/files/plan.js'
import {commitPlan} from '../../src/files/commit.js'
import {checkServiceName} from '../../src/domain/names.js'
import {readService} from '../../src/service/service-file.js'
import {DEFAULT_SERVICE_NAME, planService, TEMPLATES, type Template} from '../../src/service/templates.js'

const SHELF = fileURLToPath(new URL('../../templates', import.meta.url))
const [simple] = TEMPLATES as [Template, ...Template[]]
const run = promisify(execFile)
const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) console.warn('python3 is missing: the handler in Python is not run')

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'template-'))
})
afterEach(() => rm(dir, {recursive: true, force: true}))

const make = async (template: Template, name = DEFAULT_SERVICE_NAME, folder = join(dir, 'new')) =>
  write(await planService(folder, template, name, {shelf: SHELF}))

async function write(plan: Plan): Promise<readonly string[]> {
  return (await commitPlan(plan)).files.map(({path}) => path)
}

async function code(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: {problem?: {code: string}}) => error.problem?.code,
  )
}

test('the simple function comes first, and each folder of the shelf is one of the list', async () => {
  expect(simple.name).toBe('AWS / Node.js / Simple Function')
  expect(checkServiceName(DEFAULT_SERVICE_NAME)).toBeUndefined()
  expect((await readdir(SHELF)).sort()).toEqual(TEMPLATES.map(({id}) => id).sort())
})

describe.each(TEMPLATES.map((template) => [template.id, template] as const))('%s', (id, template) => {
  test('is a service with the name that was asked for, on a current runtime, with handlers that are there', async () => {
    const made = await make(template, 'Orders-2')
    expect(basename(made.at(-1)!)).toBe('serverless.yml')
    expect(made.map((path) => basename(path))).toEqual(expect.arrayContaining(['.gitignore', 'README.md']))
    const file = join(dir, 'new', 'serverless.yml')
    expect(await readService(file)).toMatchObject({
      model: {service: {value: 'Orders-2'}, provider: {name: {value: 'aws'}}},
    })
    const {provider, functions} = parse(await readFile(file, 'utf8')) as {
      provider: {runtime: string}
      functions: Record<string, {handler: string}>
    }
    const isPython = id.startsWith('aws-python')
    expect(provider.runtime).toBe(isPython ? 'python3.13' : 'nodejs22.x')
    for (const {handler} of Object.values(functions)) {
      const [module, exported] = handler.split('.') as [string, string]
      const code = await readFile(join(dir, 'new', `${module}.${isPython ? 'py' : 'js'}`), 'utf8')
      expect(code).toMatch(isPython ? `def ${exported}(event, context):` : `exports.${exported} = `)
    }
    for (const path of made) expect(await readFile(path, 'utf8')).not.toContain(DEFAULT_SERVICE_NAME)
  })
})

/** The answer of a handler in a process of its own. Its first line is the answer as JSON. */
async function answer(script: string, program = process.execPath, flag = '-e'): Promise<unknown> {
  const {stdout} = await run(program, [flag, script], {cwd: join(dir, 'new')})
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

const call = (name: string, event = '{}') =>
  `require('./handler.js').${name}(${event}, {functionName: 'f'}).then((r) => console.log(JSON.stringify(r ?? null)))`

describe('handlers run', () => {
  const template = (id: string) => TEMPLATES.find((each) => each.id === id)!

  test.each(['aws-node-simple', 'aws-node-http-api'])('%s', async (id) => {
    await make(template(id))
    expect(await answer(call('hello'))).toMatchObject({
      statusCode: 200,
      body: '{"message":"Your function was executed."}',
    })
  })

  test('aws-node-scheduled-task', async () => {
    await make(template('aws-node-scheduled-task'))
    expect(await answer(call('run'))).toBeNull()
  })

  // Express itself is not installed here: stand-ins of both packages show which routes are set up, and their answers.
  test('aws-node-express-api', async () => {
    await make(template('aws-node-express-api'))
    const {dependencies} = JSON.parse(await readFile(join(dir, 'new/package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect(Object.keys(dependencies)).toEqual(['express', 'serverless-http'])
    const standIn = async (name: string, text: string) => {
      await mkdir(join(dir, 'new/node_modules', name), {recursive: true})
      await writeFile(join(dir, 'new/node_modules', name, 'index.js'), text)
    }
    await standIn(
      'express',
      `module.exports = () => {
        const routes = []
        return {routes, get: (path, run) => routes.push([path, run]), use: (run) => routes.push([undefined, run])}
      }`,
    )
    await standIn(
      'serverless-http',
      `module.exports = ({routes}) => async ({rawPath}) => {
        const answer = {statusCode: 200}
        const response = {status: (code) => ((answer.statusCode = code), response), json: (body) => (answer.body = body)}
        routes.find(([path]) => path === undefined || path === rawPath)[1]({}, response)
        return answer
      }`,
    )
    expect(await answer(call('handler', `{rawPath: '/'}`))).toEqual({
      statusCode: 200,
      body: {message: 'Hello from root.'},
    })
    expect(await answer(call('handler', `{rawPath: '/hello'}`))).toMatchObject({statusCode: 200})
    expect(await answer(call('handler', `{rawPath: '/x'}`))).toMatchObject({statusCode: 404})
  })

  ;(hasPython ? test : test.skip)('aws-python-http-api', async () => {
    await make(template('aws-python-http-api'))
    const script = 'import json, handler; print(json.dumps(handler.hello({}, None)))'
    expect(await answer(script, 'python3', '-c')).toMatchObject({
      statusCode: 200,
      body: '{"message": "Your function was executed."}',
    })
  })
})

describe('names', () => {
  test.each(['true', 'null', 'y', 'No', 'a-1'])('%s stays a text', async (name) => {
    await make(simple, name)
    expect(parse(await readFile(join(dir, 'new/serverless.yml'), 'utf8'))).toMatchObject({service: name})
  })

  test('package.json has it in small letters', async () => {
    await make(
      TEMPLATES.find(({id}) => id === 'aws-node-express-api')!,
      'Orders',
    )
    expect(JSON.parse(await readFile(join(dir, 'new/package.json'), 'utf8'))).toMatchObject({name: 'orders'})
  })

  test('one that CloudFormation refuses is refused', async () => {
    expect(await code(make(simple, '2fast'))).toBe('SERVICE_NAME_REFUSED')
    expect(await readdir(dir)).toEqual([])
  })
})

describe('nothing is overwritten', () => {
  test.each(['serverless.yml', 'serverless.ts', 'handler.js', '.gitignore', 'README.md'])(
    '%s',
    async (name) => {
      await writeFile(join(dir, name), 'mine')
      expect(await code(planService(dir, simple, 'a', {shelf: SHELF}))).toBe('SERVICE_EXISTS')
      expect(await readdir(dir)).toEqual([name])
    },
  )

  test('not even a link that leads nowhere', async () => {
    await symlink('nowhere', join(dir, 'handler.js'))
    expect(await code(planService(dir, simple, 'a', {shelf: SHELF}))).toBe('SERVICE_EXISTS')
  })

  test('a file that appears after the plan stays, and nothing is written', async () => {
    const plan = await planService(dir, simple, 'a', {shelf: SHELF})
    await writeFile(join(dir, 'serverless.yml'), 'mine')
    expect(await code(write(plan))).toBe('FILE_CHANGED')
    expect(await readdir(dir)).toEqual(['serverless.yml'])
    expect(await readFile(join(dir, 'serverless.yml'), 'utf8')).toBe('mine')
  })

  test('folders that were made for a service that was stopped go too', async () => {
    const plan = await planService(join(dir, 'a', 'b'), simple, 'a', {shelf: SHELF})
    const stopped = new AbortController()
    const gone = {
      ...plan,
      files: [...plan.files.slice(0, -1), {...plan.files.at(-1)!, exists: true}],
    }
    expect(await code(write(gone))).toBe('FILE_CHANGED')
    stopped.abort()
    expect(await code(commitPlan(plan, {signal: stopped.signal}))).toBe('CANCELLED')
    expect(await readdir(dir)).toEqual([])
  })

  test('what is made may be read by others as far as the umask lets them', async () => {
    const before = process.umask(0o027)
    try {
      const made = await make(simple)
      const modes = await Promise.all(
        [...made, join(dir, 'new')].map(async (path) => (await stat(path)).mode),
      )
      expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual([...made.map(() => '640'), '750'])
    } finally {
      process.umask(before)
    }
  })

  test('it is taken back whole, the folder with it; what was put there since stays', async () => {
    const files = {...awsFiles({HOME: dir}), journal: join(dir, 'journal')}
    const planned = async () =>
      planService(join(dir, 'svc', 'new'), simple, 'a', {shelf: SHELF, journal: files.journal})
    await write(await planned())
    await commitPlan(await planUndo(files))
    expect(await readdir(dir)).toEqual(['journal'])
    await write(await planned())
    await writeFile(join(dir, 'svc', 'new', 'notes.txt'), 'mine')
    await commitPlan(await planUndo(files))
    expect(await readdir(join(dir, 'svc', 'new'))).toEqual(['notes.txt'])
  })

  test('other files of the folder are left as they are', async () => {
    await writeFile(join(dir, 'notes.txt'), 'mine')
    await make(simple, 'a', dir)
    expect(await readFile(join(dir, 'notes.txt'), 'utf8')).toBe('mine')
    expect(await readdir(dir)).toHaveLength(5)
  })
})
