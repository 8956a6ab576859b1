import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {PROBLEM_CODES} from '../../src/domain/problem-codes.js'

/** Words in the same spelling that are no codes: variables of the environment, and codes of Node itself. */
const OTHERS =
  /^(AWS_(?!SERVER_ERROR$|REFUSED$)|NO_COLOR$|FORCE_COLOR$|NODE_|SSH_|XDG_|WSL_|WAYLAND_|LC_|INK_|ERR_|SSO_OIDC$|REMOTE_CONTAINERS$|KUBERNETES_|SERVERLESS_)/

function sources(folder: string): string[] {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return path.includes('practice') ? [] : sources(path)
    return /\.tsx?$/.test(path) ? [readFileSync(path, 'utf8')] : []
  })
}

describe('docs/errors.md', () => {
  const page = readFileSync('docs/errors.md', 'utf8')

  test('has every code that the program can show', () => {
    const code = [...sources('src'), ...sources('flows')].join('\n')
    const codes = new Set(
      [...code.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)]
        .map(([, name]) => name!)
        .filter((name) => !OTHERS.test(name)),
    )
    expect(codes.size).toBeGreaterThan(50)
    expect([...codes].filter((name) => !page.includes(name))).toEqual([])
  })

  test('has every code of the catalogue in a place of its own, or in a sentence', () => {
    expect(PROBLEM_CODES.length).toBeGreaterThan(200)
    expect(PROBLEM_CODES.filter((code) => !new RegExp(`\\b${code}\\b`).test(page))).toEqual([])
    const headings = [...page.matchAll(/^### ([A-Z_]+)$/gm)].map(([, code]) => code!)
    expect(headings.filter((code) => !(PROBLEM_CODES as readonly string[]).includes(code))).toEqual([])
  })
})
