import {describe, expect, test} from '@jest/globals'
import {symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {findCanary} from '../support/canary.js'
import {homeSandbox} from '../support/home.js'

const CANARY = 'wJalr/XUt+nFEMI&K7MDENG<bPxRfiCYEXAMPLE1'
const forms = (text: string | Uint8Array) => findCanary(text, [CANARY]).map(({form}) => form)

describe('a secret is found', () => {
  test.each<[string, string | Uint8Array]>([
    ['plain', `a log ${CANARY} of today`],
    ['url', `?key=${encodeURIComponent(CANARY)}`],
    ['json', JSON.stringify({key: CANARY}).replaceAll('/', '\\/')],
    ['html', `<b>${CANARY.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</b>`],
    ['hex', Buffer.from(CANARY).toString('hex')],
    ['utf-16', Buffer.from(`x${CANARY}`, 'utf16le')],
    ['base64', Buffer.from(`${CANARY}`).toString('base64')],
    ['base64', Buffer.from(`user:1:${CANARY}@host`).toString('base64')],
    ['base64', Buffer.from(`12${CANARY}99`).toString('base64url')],
    ['part', `the first ${CANARY.slice(0, 20)}... of it`],
  ])('as %s', (form, text) => {
    expect(forms(text)).toEqual([form])
  })

  test('cut by colours, a line end and a frame', () => {
    expect(
      forms(`\u001B[31m${CANARY.slice(0, 9)}\u001B[0m${CANARY.slice(9, 20)} │\r\n│ ${CANARY.slice(20)}`),
    ).toEqual(['plain'])
  })

  test('in a file, in the name of a file and in a link, not where it may be', () => {
    const plain = 'QWERTYUIOPASDFGHJKLZ'
    const home = homeSandbox({
      files: {'.aws/credentials': plain, 'logs/deep/a.log': plain, [`tmp-${plain}`]: '', harmless: 'nothing'},
    })
    symlinkSync(`/nowhere/${plain}`, join(home.path, 'link'))
    const hits = findCanary({dir: home.path, except: ['.aws/credentials']}, [plain])
    expect(hits.map(({where}) => where).sort()).toEqual(['link', 'logs/deep/a.log', `name of tmp-${plain}`])
  })
})

test('what is not the secret is not found', () => {
  expect(forms('wJalr************MPLE1')).toEqual([])
  expect(forms(Buffer.from('some other text of forty characters, long').toString('base64'))).toEqual([])
})

test('compressed text is out of reach, which is why streams are searched before they are compressed', () => {
  expect(forms(gzipSync(`${CANARY}${CANARY.toLowerCase()}`))).toEqual([])
})
