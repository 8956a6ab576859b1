import {expect, test} from '@jest/globals'
import {execFileSync} from 'node:child_process'
import {existsSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {homeSandbox} from '../support/home.js'

test('holds the files asked for, private, and is gone once removed', () => {
  const home = homeSandbox({files: {'.aws/credentials': '[default]\n'}})
  expect(home.read('.aws/credentials')).toBe('[default]\n')
  expect(statSync(join(home.path, '.aws')).mode & 0o777).toBe(0o700)
  expect(statSync(join(home.path, '.aws/credentials')).mode & 0o777).toBe(0o600)
  home.remove()
  expect(existsSync(home.path)).toBe(false)
})

test('nothing of the surroundings leads out of it', () => {
  const names = ['AWS_PROFILE', 'HTTPS_PROXY', 'https_proxy', 'CI', 'NO_COLOR', 'FORCE_COLOR', 'NODE_OPTIONS']
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]))
  try {
    for (const name of names) process.env[name] = name === 'NODE_OPTIONS' ? '--no-warnings' : 'x'
    const home = homeSandbox({env: {EXTRA: 'yes'}})
    const script = 'console.log(JSON.stringify(process.env))'
    const seen = JSON.parse(
      execFileSync(process.execPath, ['-e', script], {env: home.env, encoding: 'utf8'}),
    ) as Record<string, string>
    expect(seen).toMatchObject({
      HOME: home.path,
      EXTRA: 'yes',
      TERM: 'xterm-256color',
      PATH: process.env['PATH'],
    })
    expect(Object.keys(seen).filter((name) => names.includes(name) || name.startsWith('AWS_'))).toEqual([])
  } finally {
    for (const name of names) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
})
