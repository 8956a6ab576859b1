/** The program of `credential_process`, as each tool starts it: one through a shell, the other without. */
import {chmodSync} from 'node:fs'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import {botocoreOutcome, CLI_1} from '../../src/credentials/tools/botocore.js'
import {javascriptOutcome} from '../../src/credentials/tools/javascript.js'
import {homeSandbox, type Home} from '../support/home.js'

let home: Home
beforeEach(() => {
  home = homeSandbox()
  home.write('bin/tool', '#!/bin/sh\n')
  chmodSync(`${home.path}/bin/tool`, 0o755)
})
afterEach(() => home.remove())

/** What the AWS SDK for JavaScript and botocore come to. */
async function outcomes(command: string): Promise<string> {
  home.write('.aws/config', `[default]\ncredential_process = ${command}\n`)
  const env = {HOME: home.path, PATH: `${home.path}/bin:/usr/bin:/bin`, AWS_EC2_METADATA_DISABLED: 'true'}
  const s = await readSnapshot({env})
  return `${javascriptOutcome(s).kind} ${botocoreOutcome(s, CLI_1).kind}`
}

test.each([
  ['tool --x', 'found found'],
  ['no-such-tool --x', 'none broken'],
  ['./no-such-tool', 'none broken'],
  ['"/nowhere/a b/x" --y', 'none broken'],
  ['~/bin/tool', 'found broken'],
  ['$HOME/bin/tool', 'found broken'],
  ['"$HOME/bin/tool"', 'found broken'],
  ['FOO=1 tool', 'found broken'],
  ['', 'none broken'],
  ['""', 'none broken'],
  // A shell makes of it what it will.
  ['eval "tool"', 'found found'],
])('%s: %s', async (command, expected) => {
  expect(await outcomes(command)).toBe(expected)
  expect(await outcomes(`  ${command}`)).toBe(expected)
})

test('with its full path, in quotes or not', async () => {
  home.write('a b/tool', '#!/bin/sh\n')
  chmodSync(`${home.path}/a b/tool`, 0o755)
  for (const path of [
    `${home.path}/bin/tool`,
    `"${home.path}/bin/tool"`,
    `"${home.path}/a b/tool"`,
    `'${home.path}/a b/tool'`,
  ])
    expect(await outcomes(`${path} --x`)).toBe('found found')
})
