import {readFileSync, readdirSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

test('each code that is raised here has its place in docs/errors.md, once', () => {
  const room = join(root, 'src', 'aws')
  const files = readdirSync(room).map((file) => join(room, file))
  const sources = [...files, join(root, 'src', 'domain', 'partition-homes.ts')].map((file) =>
    readFileSync(file, 'utf8'),
  )
  const raised = sources.flatMap((text) => [
    ...[...text.matchAll(/code: '([A-Z_]+)'/g)].map(([, code]) => code),
    ...[...text.matchAll(/^ {2}\| '([A-Z_]+)'$/gm)].map(([, code]) => code),
  ])
  expect(raised).toEqual(expect.arrayContaining(['TLS_EXPIRED', 'WRONG_PARTITION', 'PROXY_INVALID']))
  const page = readFileSync(join(root, 'docs', 'errors.md'), 'utf8')
  const headings = [...page.matchAll(/^### ([A-Z_]+)$/gm)].map(([, code]) => code)
  expect(raised.filter((code) => !headings.includes(code))).toEqual([])
  expect(headings.filter((code, index) => headings.indexOf(code) !== index)).toEqual([])
})
