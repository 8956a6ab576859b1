import {describe, expect, test} from '@jest/globals'
import {shellOf} from '../../src/text/shell.js'
import {signInWay} from '../../src/adapters/sign-in-way.js'

describe('how a sign-in is best done here', () => {
  const desktop = {DISPLAY: ':0'}
  const way = (env: NodeJS.ProcessEnv, more: Partial<Parameters<typeof signInWay>[0]> = {}) =>
    signInWay({env, isBrowserOff: false, platform: 'linux', exists: () => false, ...more}).way

  test('with the browser on a desktop, on a Mac and on Windows', () => {
    expect(way(desktop)).toBe('browser')
    expect(way({WAYLAND_DISPLAY: 'wayland-0'})).toBe('browser')
    expect(way({}, {platform: 'darwin'})).toBe('browser')
    expect(way({}, {platform: 'win32'})).toBe('browser')
  })

  test.each([
    ['over SSH', {...desktop, SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22'}],
    ['in WSL', {...desktop, WSL_DISTRO_NAME: 'Ubuntu'}],
    ['in Codespaces', {...desktop, CODESPACES: 'true'}],
    ['in a dev container', {...desktop, REMOTE_CONTAINERS: 'true'}],
    ['without a screen', {}],
    ['with BROWSER=none', {...desktop, BROWSER: 'none'}],
  ])('with a code %s', (_where, env) => {
    expect(way(env)).toBe('device')
  })

  test('with a code in a container, and with --no-browser', () => {
    expect(way(desktop, {exists: (path) => path === '/.dockerenv'})).toBe('device')
    expect(way(desktop, {isBrowserOff: true})).toBe('device')
  })
})

describe('the shell that started the program', () => {
  const shell = (
    ancestors: readonly string[],
    env: NodeJS.ProcessEnv = {},
    platform: NodeJS.Platform = 'linux',
  ) => shellOf({env, platform, ancestors: () => ancestors})

  test('is told by the name of the program above', () => {
    expect(shell(['fish'], {SHELL: '/bin/bash'})).toBe('fish')
    expect(shell(['zsh', 'node', 'code'])).toBe('posix')
    expect(shell(['-bash'])).toBe('posix')
    expect(shell(['pwsh'])).toBe('powershell')
    expect(shell(['cmd.exe'], {}, 'win32')).toBe('cmd')
  })

  test('is not the one that npx starts programs by', () => {
    expect(shell(['sh', 'npm exec serverl', 'fish', 'tmux'])).toBe('fish')
    expect(shell(['node', 'pwsh'])).toBe('powershell')
  })

  test('else by what the shells leave in the environment', () => {
    expect(shell(['node'], {SHELL: '/usr/bin/fish'})).toBe('fish')
    expect(shell([])).toBe('posix')
    expect(shell([], {PSModulePath: 'C:\\Modules'}, 'win32')).toBe('powershell')
    expect(shell([], {PSModulePath: 'C:\\Modules', PROMPT: '$P$G'}, 'win32')).toBe('cmd')
  })
})
