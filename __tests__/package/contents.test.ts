import {execFileSync} from 'node:child_process'
import {readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {build} from 'esbuild'
import {unpackPackage, type Unpacked} from '../../scripts/package/unpack.mjs'
import {patches} from '../../scripts/build/patches.mjs'
import {standIns} from '../../scripts/build/stand-ins.mjs'

let unpacked: Unpacked
beforeAll(() => {
  unpacked = unpackPackage()
})
afterAll(() => rmSync(unpacked.folder, {recursive: true, force: true}))

const text = (file: string) => readFileSync(join(unpacked.packageFolder, file), 'utf8')
const kept = (...folders: string[]) =>
  execFileSync('git', ['ls-files', ...folders], {encoding: 'utf8'})
    .trim()
    .split('\n')

describe('the package', () => {
  test('holds these files and no others', () => {
    const built = [
      'app',
      'cli',
      'doctor',
      'ink',
      'more',
      'plain',
      'practice',
      'sdk',
      'service',
      'start',
      'survey',
    ].map((name) => `dist/${name}.js`)
    const pages = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'THIRD_PARTY_LICENSES']
    const expected = [...built, 'dist/package.json', 'package.json', ...pages, ...kept('docs', 'templates')]
    expect(unpacked.files).toEqual(expected.sort())
  })

  test('is at most 1 MB', () => {
    expect(unpacked.bytes).toBeLessThanOrEqual(1_000_000)
  })

  test('needs no other package, and says what it is', () => {
    const {dependencies, optionalDependencies, peerDependencies, scripts, ...rest} = JSON.parse(
      text('package.json'),
    ) as Record<string, unknown>
    expect([dependencies, optionalDependencies, peerDependencies]).toEqual([undefined, undefined, undefined])
    expect(Object.keys(scripts as object).filter((name) => /install|prepare$/.test(name))).toEqual([])
    expect(rest).toMatchObject({
      name: 'serverless-setup',
      license: 'MIT',
      author: expect.any(String) as unknown,
      description: expect.any(String) as unknown,
      keywords: expect.arrayContaining(['serverless', 'aws', 'credentials']) as unknown,
      engines: {node: '>=20.17'},
      bin: {'serverless-setup': 'dist/cli.js', 'sls-setup': 'dist/cli.js'},
    })
  })

  test('the entry can be read by a Node as old as 8', async () => {
    const {errors} = await build({
      stdin: {contents: text('dist/cli.js'), loader: 'js'},
      // What is not of that age, esbuild would have to rewrite.
      target: 'node8',
      write: false,
      minify: true,
    })
    expect(errors).toEqual([])
    expect(text('dist/cli.js')).not.toMatch(/\?\?|\?\.|#[a-z]|import\(|\basync \*/)
  })
})

describe('the notices of other packages', () => {
  test('are there for each package of which something is bundled, with its own text', async () => {
    // Found anew, with settings of its own: whatever contributes a byte has to be named.
    const {metafile} = await build({
      entryPoints: ['src/cli.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      splitting: true,
      minify: true,
      outdir: 'unused',
      define: {'process.env.NODE_ENV': '"production"', __VERSION__: '""'},
      plugins: [patches().plugin, standIns()],
      metafile: true,
      write: false,
      logLevel: 'error',
    })
    const inputs = Object.values(metafile.outputs).flatMap(({inputs: read}) => Object.entries(read))
    const folders = new Set(
      inputs.flatMap(([path, {bytesInOutput}]) => {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0]
        return folder && bytesInOutput > 0 ? [folder] : []
      }),
    )
    expect(folders.size).toBeGreaterThan(50)
    const notices = text('THIRD_PARTY_LICENSES')
    for (const folder of folders) {
      const {name, version, license} = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      ) as Record<string, string>
      expect(notices).toContain(`${name} ${version} (${license})`)
      for (const file of ['LICENSE', 'LICENSE.md', 'license', 'LICENSE-MIT.txt', 'NOTICE']) {
        const own = readIfThere(join(folder, file))
        if (own) expect(notices).toContain(own.replaceAll('\r\n', '\n').trim())
      }
    }
  })

  test('name only licences that allow this', () => {
    const licenses = new Set(
      [...text('THIRD_PARTY_LICENSES').matchAll(/^\S+ [\d.]+ \((.*)\)$/gm)].map(([, id]) => id),
    )
    expect(
      [...licenses].filter(
        (id) => !['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause'].includes(id ?? ''),
      ),
    ).toEqual([])
  })
})

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
