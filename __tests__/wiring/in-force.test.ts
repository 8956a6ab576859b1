import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {awsFiles} from '../../src/store/locations.js'
import {surveyProfiles} from '../../src/store/profiles.js'
import {keysInForce, knownProfiles} from '../../src/wiring/in-force.js'
import {homeSandbox, type Home} from '../support/home.js'

const ID = 'AKIAQ7WERTYUIOPLKJH2'
const SECRET = 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'

let home: Home
beforeEach(() => {
  home = homeSandbox()
})
afterEach(() => home.remove())

async function look(credentials: string, env: NodeJS.ProcessEnv = {}) {
  home.write('.aws/credentials', credentials)
  const files = awsFiles({HOME: home.path})
  const survey = await surveyProfiles(files)
  return {found: await keysInForce(env, files, survey), known: knownProfiles(survey, files)}
}

describe('what a deploy would use now', () => {
  test.each([
    ['a key ID but no secret', `aws_access_key_id = ${ID}`],
    ['a secret but no key ID', `aws_secret_access_key = ${SECRET}`],
  ])('is told to be broken where a profile has %s', async (what, line) => {
    const {found, known} = await look(`[work]\n${line}\n`, {AWS_PROFILE: 'work'})
    expect(found).toMatchObject({
      profile: 'work',
      problem: {code: 'HALF_KEY_PAIR', what: `Profile work has ${what}: it cannot work.`},
    })
    expect(found?.key).toBeUndefined()
    expect(known).toMatchObject([{isHalf: true, hasKey: false}])
    expect(JSON.stringify({found, known})).not.toContain(SECRET)
  })

  test('is whole where both halves are there, or where another way stands beside one half', async () => {
    const {found} = await look(`[default]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n`)
    expect(found?.problem).toBeUndefined()
    expect(found?.key?.accessKeyId).toBe(ID)
    const other = await look(`[default]\naws_access_key_id = ${ID}\nsso_session = corp\n`)
    expect(other.found?.problem).toBeUndefined()
  })

  test('is nothing where the profile holds settings only', async () => {
    const {found, known} = await look('[default]\nregion = eu-west-1\n')
    expect(found).toBeUndefined()
    expect(known).toMatchObject([{isEmpty: true}])
  })
})
