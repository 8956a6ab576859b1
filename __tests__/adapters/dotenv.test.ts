/** What `.env` and a compose file change holds for every screen: first screen, doctor, list of resolvers, receipt. */
import {rmSync} from 'node:fs'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {DEAD, PLAIN, Screens, section} from '../support/screens.js'

let screens: Screens
beforeEach(async () => {
  screens = await Screens.open()
})
afterEach(async () => screens.close())

describe('.env names another credentials file', () => {
  const others = () => {
    screens.home.write('other', section('default', DEAD))
    screens.dotenv({AWS_SHARED_CREDENTIALS_FILE: `${screens.home.path}/other`})
    screens.service(PLAIN)
  }

  test('AWS is asked with the keys of that one: no green that is not so', async () => {
    screens.credentials(section('default', screens.issued('ada')))
    others()
    const seen = await screens.doctor({verify: true})
    expect(seen.text).toMatch(/✖ Stage dev/)
    expect(seen.isUsable).toBe(false)
    expect(seen.head).not.toMatch(/✔ Serverless Framework would use/)
    expect(await screens.list({verify: true})).toMatchObject({
      hasErrors: true,
      text: expect.stringMatching(/✖ Stage dev/),
    })
  })

  test('and no red that is not so', async () => {
    screens.credentials(section('default', DEAD))
    screens.home.write('other', section('default', screens.issued('ada')))
    screens.dotenv({AWS_SHARED_CREDENTIALS_FILE: `${screens.home.path}/other`})
    screens.service(PLAIN)
    const seen = await screens.doctor({verify: true})
    expect(seen.text).toContain('✔ Stage dev  the standard chain of AWS (account 123456789012)')
    expect(seen.isUsable).toBe(true)
    expect((await screens.list({verify: true})).hasErrors).toBe(false)
  })

  test('a profile that stands only there is one for the list of resolvers as for the doctor', async () => {
    screens.home.write('other', section('q', screens.issued('ada')))
    screens.dotenv({AWS_SHARED_CREDENTIALS_FILE: `${screens.home.path}/other`})
    screens.service(`${PLAIN}  profile: q\n`)
    for (const verify of [false, true]) {
      expect((await screens.list({verify})).text).not.toContain('PROFILE_NOT_HERE')
      expect((await screens.list({verify})).hasErrors).toBe(false)
      expect((await screens.doctor({verify})).isUsable).toBe(true)
    }
  })

  test('by a relative path, that is one of the folder of the service', async () => {
    screens.home.write('app/creds', section('default', screens.issued('ada')))
    screens.dotenv({AWS_SHARED_CREDENTIALS_FILE: 'creds'})
    screens.service(PLAIN)
    expect((await screens.first()).inForce?.problem).toBeUndefined()
    for (const verify of [false, true]) {
      const [doctor, list] = [await screens.doctor({verify}), await screens.list({verify})]
      expect([doctor.isUsable, list.hasErrors]).toEqual([true, false])
      expect(doctor.text).toMatch(/✔ Stage dev/)
    }
  })

  test('as is a relative path that the terminal itself sets', async () => {
    screens.home.write('app/creds', section('q', screens.issued('ada')))
    screens.service(`${PLAIN}  profile: q\n`)
    const more = {AWS_SHARED_CREDENTIALS_FILE: 'creds'}
    for (const verify of [false, true]) {
      const list = await screens.list({more, verify})
      expect(list.text).not.toContain('PROFILE_NOT_HERE')
      expect(list.hasErrors).toBe(false)
    }
  })

  test('a receipt offers no deploy that would use other keys', async () => {
    screens.credentials(section('default', screens.issued('ada')) + section('fresh', screens.issued('bob')))
    screens.home.write('other', section('default', screens.issued('eve')))
    screens.dotenv({AWS_SHARED_CREDENTIALS_FILE: `${screens.home.path}/other`})
    screens.service(PLAIN)
    for (const profile of ['default', 'fresh']) {
      const {notes, lines} = await screens.receipt({profile})
      expect(notes.join(' ')).toMatch(/\.env\b.* AWS_SHARED_CREDENTIALS_FILE/)
      const [line, ...more] = lines.filter((each) => !each.startsWith('cd '))
      expect(line).toBe(`export AWS_SHARED_CREDENTIALS_FILE=${screens.home.path}/.aws/credentials`)
      expect(more.at(-1)).toMatch(
        profile === 'default' ? /^serverless deploy$/ : /serverless deploy --aws-profile fresh$/,
      )
    }
  })
})

describe('what .env adds is there when AWS is asked', () => {
  test('the keys that a role of the environment is taken on with', async () => {
    const {id, secret} = screens.issued('ada')
    screens.config(
      '[profile r]\nrole_arn = arn:aws:iam::123456789012:role/deployer\ncredential_source = Environment\n',
    )
    screens.practice.account.addRole('deployer')
    screens.dotenv({AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret})
    screens.service(`${PLAIN}  profile: r\n`)
    for (const verify of [false, true]) {
      const [ofDoctor, ofList] = [await screens.doctor({verify}), await screens.list({verify})]
      expect(ofDoctor.text).toMatch(/✔ Stage dev/)
      expect(ofList.text).toMatch(/✔ Stage dev/)
      expect([ofDoctor.isUsable, ofList.hasErrors]).toEqual([true, false])
    }
  })

  test('the file and the role of a web identity', async () => {
    screens.home.write('token', 'not.a.token')
    screens.dotenv({
      AWS_WEB_IDENTITY_TOKEN_FILE: `${screens.home.path}/token`,
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/x',
    })
    screens.service(PLAIN)
    const {text: report} = await screens.doctor({verify: true})
    expect(report).not.toContain('ENOENT')
  })

  test('the address of a stand-in for AWS, which takes keys of any form', async () => {
    screens.credentials(section('default', {id: 'test', secret: 'test'}))
    screens.dotenv({AWS_ENDPOINT_URL: screens.practice.url})
    screens.service(PLAIN)
    const none = {AWS_ENDPOINT_URL: undefined}
    expect((await screens.doctor({more: none})).isUsable).toBe(true)
    expect((await screens.doctor({more: none})).text).toMatch(/✔ Stage dev/)
    screens.credentials(section('default', screens.issued('ada')))
    expect((await screens.doctor({verify: true, more: none})).text).toMatch(
      /✔ Stage dev .*account 123456789012/,
    )
  })

  test('a key of .env that AWS refuses is not told as one that is used', async () => {
    screens.credentials(section('default', screens.issued('ada')))
    screens.dotenv({AWS_ACCESS_KEY_ID: DEAD.id, AWS_SECRET_ACCESS_KEY: DEAD.secret})
    screens.service(PLAIN)
    const {head, isUsable, text: report} = await screens.doctor({verify: true})
    expect(isUsable).toBe(false)
    expect(report).toMatch(/✖ Stage dev/)
    expect(head).not.toMatch(/✔ Serverless Framework would use/)
  })
})

describe('what .env is blamed for', () => {
  test('not for what is so without it', async () => {
    screens.credentials(section('work', screens.issued('ada')))
    screens.dotenv({AWS_REGION: 'eu-west-1'})
    screens.service(PLAIN)
    const {json} = await screens.doctor()
    const codes = json.findings.map(({code}) => code)
    expect(codes).toContain('PROFILE_NOT_CHOSEN')
    expect(codes).not.toContain('DOTENV_FAULT')
  })

  test.each([
    [
      'a web identity',
      {AWS_WEB_IDENTITY_TOKEN_FILE: '/nope', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/x'},
    ],
    [
      'a token beside a long-lived key',
      {AWS_ACCESS_KEY_ID: DEAD.id, AWS_SECRET_ACCESS_KEY: DEAD.secret, AWS_SESSION_TOKEN: 'abc'},
    ],
    ['half a key', {AWS_ACCESS_KEY_ID: DEAD.id}],
    ['a container', {AWS_CONTAINER_CREDENTIALS_FULL_URI: 'nonsense'}],
  ])('what stands only there is not told to be unset in the shell: %s', async (_what, lines) => {
    screens.dotenv(lines)
    screens.service(PLAIN)
    const more = {AWS_ENDPOINT_URL: undefined}
    const seen = await screens.doctor({more})
    expect(seen.isUsable).toBe(false)
    expect(JSON.stringify(seen.json)).not.toMatch(/unset AWS/)
    expect(seen.text).not.toContain('unset AWS')
    const {inForce} = await screens.first(more)
    expect(JSON.stringify(inForce?.problem ?? {})).not.toContain('unset AWS')
    expect(JSON.stringify(inForce?.problem ?? seen.json)).toContain('.env')
  })
})

describe('services that a compose file names', () => {
  const both = (api: string, web = api) => screens.compose({api, web})

  test('what all of them name is what every screen tells', async () => {
    screens.credentials(section('default', screens.issued('ada')) + section('work', screens.issued('bob')))
    both(`${PLAIN}  profile: work\n`)
    expect((await screens.first()).inForce).toMatchObject({
      source: expect.stringMatching(/profile work/),
      profile: 'work',
    })
    const seen = await screens.doctor()
    expect(seen.json.used).toMatch(/profile work/)
    expect(seen.head).toMatch(/would use the key .* of the profile work/)
    const saved = await screens.receipt({profile: 'work'})
    expect(saved.lines.at(-1)).toMatch(/^(npx )?serverless deploy$/)
    expect(saved.notes).toEqual([])
    const other = await screens.receipt({profile: 'default'})
    expect(other.notes.join(' ')).toContain('work')
    expect(other.lines.at(-1)).toContain('--aws-profile default')
  })

  test('different ones are told by service, and none of the machine in their place', async () => {
    screens.credentials(section('default', screens.issued('ada')) + section('work', screens.issued('bob')))
    both(`${PLAIN}  profile: work\n`, PLAIN)
    const {inForce} = await screens.first()
    expect(inForce?.source).toMatch(/profile work.*api.*profile default.*web/)
    const seen = await screens.doctor()
    expect(seen.json.used).toBe(inForce?.source)
  })

  test('where one stops, doctor and first screen say the same', async () => {
    screens.credentials(section('default', screens.issued('ada')))
    both(`${PLAIN}  profile: gone\n`, PLAIN)
    const {inForce} = await screens.first()
    const seen = await screens.doctor()
    expect(inForce?.problem).toMatchObject({code: 'SERVICE_STOPS_DEPLOY'})
    expect(seen.json.used).toBe(inForce?.source)
    expect(seen.head).not.toMatch(/✔ Serverless Framework would use/)
  })

  test('the compose file comes before a service beside it', async () => {
    screens.credentials(section('default', screens.issued('ada')))
    both(`${PLAIN}  profile: gone\n`, PLAIN)
    screens.service(PLAIN)
    expect((await screens.first()).inForce?.problem).toMatchObject({code: 'SERVICE_STOPS_DEPLOY'})
    expect((await screens.doctor()).isUsable).toBe(false)
    expect((await screens.list()).views).toHaveLength(2)
    expect((await screens.receipt({profile: 'default'})).lines.join(' ')).not.toContain('serverless deploy')
  })

  test('one that is not there stops a deploy, and every screen says so', async () => {
    screens.credentials(section('default', screens.issued('ada')))
    both(PLAIN)
    rmSync(`${screens.app}/web`, {recursive: true})
    expect((await screens.first()).inForce?.problem).toMatchObject({
      code: 'SERVICE_STOPS_DEPLOY',
      why: expect.stringContaining('It names the service web'),
    })
    const [doctor, list] = [await screens.doctor(), await screens.list()]
    expect([doctor.isUsable, list.hasErrors]).toEqual([false, true])
    expect(doctor.text).toMatch(/✖ .*serverless-compose.yml: It names the service web/)
    expect(list.text).toMatch(/✖ .*serverless-compose.yml: It names the service web/)
    expect((await screens.receipt({profile: 'default'})).line).not.toContain('serverless deploy')
    // Templates of CloudFormation are deployed as well.
    screens.home.write('app/web/template.yml', 'Resources: {}\n')
    expect((await screens.doctor()).isUsable).toBe(true)
  })

  test('a variable of .env beside it that is none of AWS is set for all of them', async () => {
    screens.credentials(section('work', screens.issued('ada')))
    both(`${PLAIN}  profile: \${env:TEAM}\n`)
    screens.dotenv({TEAM: 'work'})
    expect((await screens.doctor()).text).toMatch(/✔ Stage dev +profile work/)
    expect((await screens.list()).hasErrors).toBe(false)
    expect((await screens.first()).inForce?.problem).toBeUndefined()
  })
})
