import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {beforeEach, describe, expect, test} from '@jest/globals'
import {programName} from '../../src/text/program-name.js'
import {homeSandbox, type Home} from '../support/home.js'

let home: Home
beforeEach(() => {
  home = homeSandbox()
})

/** A file at a path of the home. */
function file(...parts: string[]): string {
  const path = join(home.path, ...parts)
  mkdirSync(dirname(path), {recursive: true})
  writeFileSync(path, '')
  chmodSync(path, 0o755)
  return path
}

function link(target: string, ...parts: string[]): string {
  const path = join(home.path, ...parts)
  mkdirSync(dirname(path), {recursive: true})
  symlinkSync(target, path)
  return path
}

const name = (
  script: string | undefined,
  {path = [] as string[], cwd = home.path, platform = 'linux'} = {},
) =>
  programName({
    script,
    env: {PATH: ['/usr/bin', ...path].join(platform === 'win32' ? ';' : delimiter)},
    cwd,
    platform: platform as NodeJS.Platform,
  })

describe('the program is called by the name it was started by', () => {
  test('npx, also though npx puts what it fetched on the PATH', () => {
    const cli = file('.npm/_npx/1a2b/node_modules/serverless-setup/dist/cli.js')
    const bin = link(cli, '.npm/_npx/1a2b/node_modules/.bin/serverless-setup')
    expect(name(bin, {path: [dirname(bin)]})).toBe('npx serverless-setup')
  })

  test('npx for what a project has installed, also while npm runs a script of it', () => {
    const cli = file('shop/node_modules/serverless-setup/dist/cli.js')
    const bin = link(cli, 'shop/node_modules/.bin/serverless-setup')
    expect(name(bin)).toBe('npx serverless-setup')
    expect(name(bin, {path: [dirname(bin)]})).toBe('npx serverless-setup')
    expect(name(cli, {path: [dirname(bin)]})).toBe('npx serverless-setup')
  })

  test('its bare name, or the short one, where it is on the PATH', () => {
    const cli = file('lib/node_modules/serverless-setup/dist/cli.js')
    const long = link(cli, 'bin/serverless-setup')
    const short = link(cli, 'bin/sls-setup')
    const path = [join(home.path, 'bin')]
    expect(name(long, {path})).toBe('serverless-setup')
    expect(name(short, {path})).toBe('sls-setup')
    expect(name(cli, {path})).toBe('serverless-setup')
  })

  test('not by a name on the PATH that leads to another program', () => {
    file('bin/serverless-setup')
    const cli = file('checkout/dist/cli.js')
    expect(name(cli, {path: [join(home.path, 'bin')], cwd: join(home.path, 'checkout')})).toBe(
      'node dist/cli.js',
    )
  })

  test('node with the path in a checkout, quoted for the shell', () => {
    expect(name(file('check out/dist/cli.js'))).toBe("node 'check out/dist/cli.js'")
    expect(name(file("it's/dist/cli.js"))).toBe(String.raw`node 'it'\''s/dist/cli.js'`)
    expect(name(file('a/dist/cli.js'), {cwd: join(home.path, 'b')})).toBe(`node ${home.path}/a/dist/cli.js`)
  })

  test('the path of a link that is not on the PATH, whatever it is called', () => {
    const cli = file('checkout/dist/cli.js')
    for (const link_ of ['b/serverless-setup', 'b/my-setup'])
      expect(name(link(cli, link_), {cwd: '/usr'})).toBe(`node ${home.path}/${link_}`)
    expect(name(file('x/node_modules/other/dist/cli.js'), {cwd: '/usr'})).toBe(
      `node ${home.path}/x/node_modules/other/dist/cli.js`,
    )
  })

  test('a path that a shell or Node would take for something else', () => {
    expect(name(file('-odd/dist/cli.js'))).toBe('node ./-odd/dist/cli.js')
    expect(name(file('b\\s/dist/cli.js'))).toBe("node 'b\\s/dist/cli.js'")
  })

  test('the whole path where the folder is gone, or another one is meant', () => {
    const cli = file('a/dist/cli.js')
    expect(programName({script: cli, env: {PATH: '/usr/bin'}, cwd: undefined, platform: 'linux'})).toBe(
      `node ${cli}`,
    )
  })

  test('a folder of the PATH that is none, or may not be entered, is passed over', () => {
    const cli = file('a/dist/cli.js')
    const circle = link('circle', 'circle')
    expect(name(cli, {path: [circle, join(cli, 'below'), `/${'x'.repeat(300)}`]})).toBe('node a/dist/cli.js')
  })

  test('on Windows', () => {
    const windows = {platform: 'win32', cwd: 'C:\\Users\\Ann'}
    expect(name('C:\\Users\\Ann\\setup\\dist\\cli.js', windows)).toBe('node setup\\dist\\cli.js')
    expect(name('C:\\My Files\\dist\\cli.js', windows)).toBe('node "C:\\My Files\\dist\\cli.js"')
    expect(name('C:\\npm-cache\\_npx\\1a\\node_modules\\serverless-setup\\dist\\cli.js', windows)).toBe(
      'npx serverless-setup',
    )
    expect(name('C:\\shop\\node_modules\\serverless-setup\\dist\\cli.js', windows)).toBe(
      'npx serverless-setup',
    )
  })

  test('by its package where something else has loaded it', () => {
    expect(name('/usr/lib/node_modules/jest/bin/jest.js')).toBe('serverless-setup')
    expect(name(undefined)).toBe('serverless-setup')
  })
})
