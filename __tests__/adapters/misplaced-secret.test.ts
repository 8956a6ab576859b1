/** A secret that stands where none belongs is in no word of the doctor, of its data, and of the first screen. */
import {afterEach, beforeEach, expect, test} from '@jest/globals'
import {panelLines} from '../../components/panel-lines.js'
import {jsonText} from '../../src/text/json-text.js'
import {checkup} from '../../src/adapters/checkup.js'
import {survey} from '../../src/adapters/survey.js'
import {homeSandbox, type Home} from '../support/home.js'

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYzq3vX1aBcD'
const TOKEN = `IQoJb3JpZ2luX2Vj${'aB3dE5gH'.repeat(30)}`
const OWN = 'aws_access_key_id = AKIAQ3EGPLM2KDJX7V4A\n'
const KEY = `${OWN}aws_secret_access_key = ${'sEcr3t+x'.repeat(5)}\n`

let home: Home
beforeEach(() => {
  home = homeSandbox()
})
afterEach(() => home.remove())

/** Everything that is said of a machine. */
async function said({files = {}, env = {}}: {files?: Record<string, string>; env?: NodeJS.ProcessEnv}) {
  for (const [path, text] of Object.entries(files)) home.write(path, text)
  const folder = `${home.path}/app`
  const here = {HOME: home.path, AWS_EC2_METADATA_DISABLED: 'true', ...env}
  const {report, data} = await checkup({env: here, asked: {}, folder})
  const lines = panelLines(report, 100).map((line) => line.map(({text}) => text).join(''))
  return [...lines, jsonText(data()), jsonText(await survey(here, folder))].join('\n')
}

const variables = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_CA_BUNDLE',
]
const settings = [
  'region',
  'role_arn',
  'source_profile',
  'credential_source',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'login_session',
  'mfa_serial',
  'web_identity_token_file',
  'credential_process',
]

test.each(variables)('in %s', async (name) => {
  for (const secret of [SECRET, TOKEN])
    expect(
      await said({files: {'.aws/credentials': `[default]\n${KEY}`}, env: {[name]: secret}}),
    ).not.toContain(secret)
})

test.each(settings)('as %s, on its line and as the one before goes on', async (name) => {
  for (const secret of [SECRET, TOKEN]) {
    expect(await said({files: {'.aws/config': `[default]\n${name} = ${secret}\n`}})).not.toContain(secret)
    const goesOn = `[default]\n${OWN}${name} = x\n  aws_secret_access_key = ${secret}\n`
    expect(await said({files: {'.aws/config': '', '.aws/credentials': goesOn}})).not.toContain(secret)
  }
})

test.each([
  ['a header', {'.aws/credentials': `[${SECRET}]\n${KEY}`}],
  ['a line without a name', {'.aws/credentials': `[default]\n${OWN}${SECRET}\n`}],
  ['the ID', {'.aws/credentials': `[default]\naws_access_key_id = ${SECRET}\n`}],
  [
    'the name of a profile in a service',
    {'app/serverless.yml': `service: x\nprovider:\n  name: aws\n  profile: ${SECRET}\n`},
  ],
  [
    'the stage of a service',
    {'app/serverless.yml': `service: x\nprovider:\n  name: aws\n  stage: ${SECRET}\n`},
  ],
  [
    'the region of a service',
    {'app/serverless.yml': `service: x\nprovider:\n  name: aws\n  region: ${SECRET}\n`},
  ],
  [
    'the name of a stage',
    {'app/serverless.yml': `service: x\nprovider:\n  name: aws\nstages:\n  ${SECRET}: {}\n`},
  ],
])('as %s', async (_what, files) => {
  expect(await said({files})).not.toContain(SECRET)
})
