/** When a key ends, in the forms that tools write it: what no form is known for is no time, and never "NaN days". */
import {readSnapshot} from '../../src/credentials/snapshot.js'
import {botocoreOutcome, CLI_1} from '../../src/credentials/tools/botocore.js'
import {effective} from '../../src/credentials/effective.js'
import {readCredentials} from '../../src/paste/credentials-text.js'
import {endOf} from '../../src/text/time.js'
import {homeSandbox} from '../support/home.js'

const OVER = Date.parse('2020-01-01T00:00:00Z')
const FORMS = [
  '2020-01-01T00:00:00Z',
  '2020-01-01T00:00:00Z ',
  '2020-01-01T00:00:00+00:00',
  '2020-01-01T00:00:00',
  '2020-01-01T00:00:00UTC',
  '2020-01-01 00:00:00 +0000 UTC',
  '2020-01-01T00:00:00.000000000Z',
  '20200101T000000Z',
  '20200101',
  'Wed, 01 Jan 2020 00:00:00 GMT',
  '1577836800',
  '1577836800000',
]
const NONE = ['never', 'null', '', '2099-13-01', '12', 'tomorrow', '-', 'true', '99991399']
/** What dateutil, and so botocore, raises an error for. */
const NOT_IN_PYTHON = [
  '2020-01-01 00:00:00 +0000 UTC',
  '1577836800',
  '1577836800000',
  ...NONE.filter(Boolean),
]
const KEY = {
  AWS_ACCESS_KEY_ID: 'ASIAQ7WERTYUIOPLKJH2',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzX9k2Lq0Aa',
  AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEBYaDHqa0AP'.repeat(8),
}

test.each(FORMS)('%s is a time', (form) => {
  expect(endOf(form)).toBe(OVER)
})

test.each(NONE)('%s is none', (form) => {
  expect(endOf(form)).toBeNaN()
})

test.each([...FORMS, ...NONE])('a key of the environment that ends at %s', async (form) => {
  const home = homeSandbox()
  try {
    const env = {HOME: home.path, ...KEY, AWS_CREDENTIAL_EXPIRATION: form, AWS_EC2_METADATA_DISABLED: 'true'}
    const s = await readSnapshot({env})
    const isOver = FORMS.includes(form)
    expect(effective(s).fault?.code).toBe(isOver ? 'KEY_EXPIRED' : undefined)
    const python = botocoreOutcome(s, CLI_1)
    expect(python.kind).toBe(isOver || NOT_IN_PYTHON.includes(form) ? 'broken' : 'found')
    expect(JSON.stringify([effective(s), python])).not.toContain('NaN')
  } finally {
    home.remove()
  }
})

test.each(FORMS)('a key that is pasted with the end %s', (form) => {
  const ini = `[a]\naws_access_key_id = ${KEY.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${KEY.AWS_SECRET_ACCESS_KEY}\naws_session_token = ${KEY.AWS_SESSION_TOKEN}\naws_expiration = ${form}\n`
  const json = JSON.stringify({
    AccessKeyId: KEY.AWS_ACCESS_KEY_ID,
    SecretAccessKey: KEY.AWS_SECRET_ACCESS_KEY,
    SessionToken: KEY.AWS_SESSION_TOKEN,
    Expiration: /^\d+$/.test(form) ? Number(form) : form,
  })
  for (const text of [ini, json]) {
    const reading = readCredentials(text)
    expect(reading.kind === 'complete' && reading.candidates[0].key.expiresAt).toBe(OVER)
  }
})
