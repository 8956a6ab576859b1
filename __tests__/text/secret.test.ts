/** A secret does not come out of its box by accident. */
import {format, inspect} from 'node:util'
import {Secret} from '../../src/text/secret.js'

const VALUE = 'q8Zt/4mVYx1nB+cR7sLdWk2JpHfGaT9eUoX5iNbC'
const secret = new Secret(VALUE)

test.each([
  ['template', () => `${secret}`],
  ['concatenation', () => 'x' + secret],
  ['JSON', () => JSON.stringify({secret, list: [secret]})],
  ['inspect', () => inspect({secret}, {depth: 9, showHidden: true})],
  ['format', () => format('%s %o %O %j', secret, secret, secret, secret)],
  ['entries', () => JSON.stringify(Object.entries(secret))],
  ['error', () => inspect(new Error('failed', {cause: {secret}}))],
  ['copy', () => JSON.stringify({...secret})],
  ['clone', () => inspect(structuredClone({secret}))],
])('%s does not show it', (_, draw) => {
  expect(draw()).not.toContain(VALUE)
})

test('reveal gives it, length and equality tell nothing more', () => {
  expect(secret.reveal()).toBe(VALUE)
  expect(secret.length).toBe(40)
  expect(secret.equals(new Secret(VALUE))).toBe(true)
  expect(secret.equals(new Secret('other'))).toBe(false)
})
