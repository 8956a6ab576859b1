import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {MATRIX, nodeOf, versionOf} from '../../scripts/package/nodes.mjs'
import {unpackPackage, type Unpacked} from '../../scripts/package/unpack.mjs'
import {runProgram, scene, type Scene} from '../e2e/wizard.js'
import {Terminal} from '../support/terminal.js'

let unpacked: Unpacked
beforeAll(() => {
  unpacked = unpackPackage()
})
afterAll(() => rmSync(unpacked.folder, {recursive: true, force: true}))

let stage: Scene
const fresh = async () => {
  stage = await scene()
  return stage
}

/** Where the registry cannot be reached only this Node is tried. */
function found(spec: string): string | undefined {
  try {
    return nodeOf(spec)
  } catch (error) {
    console.warn(`skipped: Node ${spec} could not be got: ${String(error).slice(0, 200)}`)
    return undefined
  }
}

const nodes = new Map(MATRIX.map((spec) => [spec, found(spec)]))

/** The program of the package alone, far from any node_modules. */
const run = async (node: string, args: readonly string[]) => runProgram([node, unpacked.cli, ...args], stage)

describe.each([...nodes])('the package alone, on Node %s', (_, node) => {
  const testHere = node ? test : test.skip

  testHere('doctor, the local path, the doctor again, and undo', async () => {
    await fresh()
    const before = await run(node!, ['doctor'])
    expect(before).toMatchObject({code: 1})
    expect(before.stdout).toContain('finds no AWS credentials here')

    const key = stage.practice.issueKey()
    stage.home.write(
      'key.csv',
      `Access key ID,Secret access key\n${key.accessKeyId},${key.secretAccessKey}\n`,
    )
    const file = join(stage.home.path, 'key.csv')
    const saved = await run(node!, ['import', file, '--profile', 'default', '--region', 'eu-west-1', '--yes'])
    expect(saved).toMatchObject({code: 0})
    expect(stage.home.read('.aws/credentials')).toContain(key.accessKeyId)

    expect(await run(node!, ['doctor', '--verify'])).toMatchObject({code: 0})
    expect(await run(node!, ['undo', '--yes'])).toMatchObject({code: 0})
    expect(await run(node!, ['doctor'])).toMatchObject({code: 1})
    await stage.close()
  })

  testHere.each(['local', 'sso', 'role'])('demo %s', async (kind) => {
    await fresh()
    const {code, stdout, stderr} = await run(node!, ['demo', kind])
    expect({code, stderr: /✖|Error/.test(stderr)}).toEqual({code: 0, stderr: false})
    expect(stdout).toContain('That was practice')
    await stage.close()
  })

  testHere('the wizard in a terminal, its first screen and the next', async () => {
    await fresh()
    const terminal = await Terminal.start({
      command: node!,
      args: [unpacked.cli],
      env: stage.home.env,
      cwd: stage.dir,
    })
    await terminal.see('AWS Credentials Set-Up Method:')
    terminal.press('down', 'enter')
    await terminal.see('Do you have an AWS account?')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toEqual({code: 130, signal: null})
    expect(await terminal.restored()).toEqual([])
    await stage.close()
  })
})

test('an old Node is told what is needed', async () => {
  const node = found('18')
  if (!node) return
  await fresh()
  const {code, stdout, stderr} = await run(node, ['doctor'])
  expect({code, stdout}).toEqual({code: 1, stdout: ''})
  expect(stderr).toMatch(
    new RegExp(
      `^serverless-setup needs Node\\.js 20\\.17 or newer, and this is ${versionOf(node)} \\(.*\\)\\.\n`,
    ),
  )
  await stage.close()
})

test('npx runs the packed file, and what it says to run next is npx', async () => {
  await fresh()
  const cache = join(stage.home.path, 'npm')
  mkdirSync(cache)
  const printed = execFileSync(
    'npm',
    [
      'exec',
      '--yes',
      '--offline',
      '--cache',
      cache,
      '--package',
      unpacked.tarball,
      '--',
      'serverless-setup',
      'demo',
    ],
    {cwd: stage.dir, env: stage.home.env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8'},
  ).toString()
  expect(printed).toMatch(/That was practice\. For real:\nnpx serverless-setup\n$/)
  expect(readFileSync(join(unpacked.packageFolder, 'dist/cli.js'), 'utf8')).toMatch(
    /^#!\/usr\/bin\/env node\n/,
  )
  await stage.close()
})
