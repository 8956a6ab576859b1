/** What is masked wherever it stands, and what is not. */
import {expect, test} from '@jest/globals'
import {randomBytes} from 'node:crypto'
import {maskShapes} from '../../src/text/secret-shape.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const secret = () => [...randomBytes(40)].map((byte) => ALPHABET[byte & 63]).join('')

test('of 5,000 random secrets no more than one in a hundred is left, in whatever it stands', () => {
  let left = 0
  for (let count = 0; count < 5_000; count++) {
    const each = secret()
    const said = [each, `region = ${each}`, `see https://example.com/start ${each}`, `s3:// ${each}.`]
    if (said.some((text) => maskShapes(text).includes(each))) left++
  }
  expect(left).toBeLessThan(50)
})

test.each([
  'ProductionAccountAdministratorAccess2024',
  'arn:aws:iam::123456789012:role/ServerlessDeployRoleProduction2024A',
  '/tmp/attack12/CustomerPortalServices2024',
  '/Users/JohnDoe1/Documents/GitHub/MyRepos1 is a folder.',
  'https://oidc.eu-west-1.amazonaws.com/authorize?code_challenge=wJalrXUtnFEMIK7MDENGbPxRfiCYzq3vX1aBcDxy',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'https://portal.example.com/start?who=a@b.example',
])('%s stays', (text) => {
  expect(maskShapes(text)).toBe(text)
})

test('a name and a password before a host go', () => {
  expect(maskShapes('https://u:pw@example.com/x')).toBe('https://[secret]@example.com/x')
})
