import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {clipboardProgram, copyBy} from '../../src/frontends/clipboard.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clipboard-'))
})
afterEach(() => rmSync(folder, {recursive: true, force: true}))

/** A program of that name on a PATH of its own. */
function installed(name: string, script: string): string {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
  return [folder, '/usr/bin', '/bin'].join(delimiter)
}

describe('the program of the clipboard', () => {
  test.each([
    ['darwin', 'pbcopy', {}],
    ['win32', 'clip.exe', {}],
    ['linux', 'wl-copy', {WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0'}],
    ['linux', 'xclip', {DISPLAY: ':0'}],
    ['linux', 'clip.exe', {WSL_DISTRO_NAME: 'Ubuntu'}],
  ] as const)('of %s is %s, where it is on the PATH', (platform, name, env) => {
    const surroundings = {platform, env: {...env, PATH: folder}}
    expect(clipboardProgram(surroundings)).toBeUndefined()
    installed(name, '')
    expect(clipboardProgram(surroundings)?.name).toBe(name)
  })

  test('is none over SSH, where it would be the clipboard of another machine, and none without a screen', () => {
    const PATH = installed('xclip', '')
    for (const over of [{SSH_TTY: '/dev/pts/1'}, {SSH_CONNECTION: '192.0.2.1 22 192.0.2.2 22'}])
      expect(clipboardProgram({platform: 'linux', env: {PATH, DISPLAY: ':0', ...over}})).toBeUndefined()
    expect(clipboardProgram({platform: 'linux', env: {PATH}})).toBeUndefined()
  })

  test('gets the lines and no secret of the environment', async () => {
    const PATH = installed('xclip', `cat > ${folder}/got; env > ${folder}/env`)
    const env = {PATH, DISPLAY: ':0', AWS_SECRET_ACCESS_KEY: 'sEcr3t'}
    const program = clipboardProgram({env, platform: 'linux'})!
    expect(await copyBy(program, ['one', 'two'], env)).toBe(true)
    expect(readFileSync(join(folder, 'got'), 'utf8')).toBe('one\ntwo\n')
    expect(readFileSync(join(folder, 'env'), 'utf8')).not.toContain('sEcr3t')
  })

  test('that fails has not taken them', async () => {
    const PATH = installed('xclip', 'exit 1')
    const env = {PATH, DISPLAY: ':0'}
    expect(await copyBy(clipboardProgram({env, platform: 'linux'})!, ['one'], env)).toBe(false)
  })
})
