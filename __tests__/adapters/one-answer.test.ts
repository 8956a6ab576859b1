/** One machine and folder, one answer: screens, exit codes and printed commands of the same place agree, and are so. */
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {DEAD, PLAIN, Screens, section, type Key} from '../support/screens.js'

let screens: Screens
beforeEach(async () => {
  screens = await Screens.open()
})
afterEach(async () => screens.close())

const inShell = ({id, secret}: Key) => ({AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret})
const of = (provider: string) => `${PLAIN}  ${provider}\n`

describe('services of one project that come to different credentials', () => {
  const different = () => {
    screens.credentials(section('work', screens.issued('ada')), section('other', screens.issued('bob')))
    screens.compose({
      api: of('profile: work\n  region: us-west-2'),
      web: of('profile: other\n  region: ap-south-1'),
    })
  }

  test('a plain deploy is right, and no option moves the others', async () => {
    different()
    for (const region of ['us-west-2', 'eu-west-1']) {
      const {line, said} = await screens.receipt({profile: 'work', region})
      expect(line).toMatch(/serverless deploy$/)
      expect(said).toMatch(/api.*profile work.*web.*profile other/)
      expect(said).not.toContain('Without --aws-profile')
    }
    const {line} = await screens.receipt({among: [{name: 'other', region: 'eu-west-1'}]})
    expect(line).toMatch(/serverless deploy$/)
  })

  test('a profile that none of them uses is told as that, and no command deploys all of them with it', async () => {
    different()
    screens.credentials(
      section('work', screens.issued('ada')),
      section('other', screens.issued('bob')),
      section('new', screens.issued('eve')),
    )
    const {line, said} = await screens.receipt({profile: 'new', region: 'eu-west-1'})
    expect(line).not.toContain('--aws-profile')
    expect(said).toContain('none of the services here uses the profile new')
  })
})

describe('a key of the environment', () => {
  test.each([
    ['a blank behind its ID', (key: Key) => ({...key, id: `${key.id} `})],
    ['a line end behind its ID', (key: Key) => ({...key, id: `${key.id}\r`})],
    ['a line end behind its secret', (key: Key) => ({...key, secret: `${key.secret}\r`})],
  ])('with %s is not told as good', async (_what, spoilt) => {
    screens.service(PLAIN)
    const more = inShell(spoilt(screens.issued('ada')))
    for (const verify of [false, true]) {
      const [doctor, list] = [await screens.doctor({more, verify}), await screens.list({more, verify})]
      expect(doctor.isUsable).toBe(false)
      expect(doctor.text).not.toMatch(/✔ Stage dev/)
      expect(list.text).not.toMatch(/✔ Stage dev/)
    }
    expect((await screens.first(more)).inForce?.problem?.code).toBe('KEY_MALFORMED')
  })

  test('with a blank in what a resolver takes from it is not told as good', async () => {
    const {id, secret} = screens.issued('ada')
    screens.service(
      `${PLAIN}stages:\n  default:\n    resolvers:\n      k:\n        type: aws\n        accessKeyId: \${env:ID}\n        secretAccessKey: \${env:SECRET}\n`,
    )
    const more = {ID: `${id} `, SECRET: secret}
    expect((await screens.doctor({more, verify: true})).isUsable).toBe(false)
    expect((await screens.list({more, verify: true})).text).not.toMatch(/✔ Stage dev/)
  })

  test('that does not end is not told to have ended by a variable of another one that is left', async () => {
    screens.service(PLAIN)
    const more = {...inShell(screens.issued('ada')), AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z'}
    const {isUsable, text} = await screens.doctor({more, verify: true})
    expect(isUsable).toBe(true)
    expect(text).toMatch(/✔ Stage dev .*account 123456789012/)
    expect((await screens.first(more)).inForce?.problem).toBeUndefined()
    // It is in the way of other tools, and told for them.
    expect(text).toContain('unset AWS_CREDENTIAL_EXPIRATION')
  })

  test.each([
    ['in the shell', 'shell'],
    ['in .env', '.env'],
    ['in a profile', 'profile'],
  ])(
    'that is said to have ended, and that AWS takes, is usable once AWS was asked: %s',
    async (_what, where) => {
      screens.practice.issueKey({userName: 'ada'})
      const {accessKeyId, secretAccessKey, sessionToken} = screens.practice.issueSession({of: 'ada'})
      const key = {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken!,
      }
      const past = {AWS_CREDENTIAL_EXPIRATION: '2025-01-01T00:00:00Z'}
      screens.service(PLAIN)
      if (where === 'profile')
        screens.credentials(
          `${section('default', {id: accessKeyId, secret: secretAccessKey})}aws_session_token = ${sessionToken}\nexpiration = 2025-01-01T00:00:00Z\n`,
        )
      if (where === '.env') screens.dotenv(past)
      const more = where === 'profile' ? {} : {...key, ...(where === 'shell' ? past : {})}
      const offline = await screens.doctor({more})
      expect(offline.isUsable).toBe(false)
      expect(offline.text).not.toContain('AWS would refuse')
      expect(await screens.identify(more)).toBe('123456789012')
      const [doctor, list] = [
        await screens.doctor({more, verify: true}),
        await screens.list({more, verify: true}),
      ]
      expect([doctor.isUsable, list.hasErrors]).toEqual([true, false])
      expect(doctor.text).toMatch(/✔ Stage dev .*account 123456789012/)
      expect(doctor.text).not.toMatch(/AWS would refuse|AWS was not asked/)
    },
  )

  test('that has ended is taken out with the variable that says so', async () => {
    screens.service(PLAIN)
    const more = {
      AWS_ACCESS_KEY_ID: 'ASIAQ7WERTYUIOPLKJH2',
      AWS_SECRET_ACCESS_KEY: DEAD.secret,
      AWS_SESSION_TOKEN: 'abc',
      AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
      AWS_ENDPOINT_URL: undefined,
    }
    const {inForce} = await screens.first(more)
    expect(inForce?.problem?.nextSteps[0]).toContain('AWS_CREDENTIAL_EXPIRATION')
  })

  test('of which .env has the other half is not told to be passed over', async () => {
    const {id, secret} = screens.issued('bob')
    screens.service(PLAIN)
    screens.dotenv({AWS_SECRET_ACCESS_KEY: secret})
    const {isUsable, text} = await screens.doctor({more: {AWS_ACCESS_KEY_ID: id}, verify: true})
    expect(isUsable).toBe(true)
    expect(text).not.toMatch(/passes it over|unset AWS_ACCESS_KEY_ID/)
    expect(text).toContain('which Serverless Framework takes from')
  })

  test('that a role is taken on with is not told to be skipped', async () => {
    screens.practice.account.addRole('deployer')
    screens.config(
      '[profile r]\nrole_arn = arn:aws:iam::123456789012:role/deployer\ncredential_source = Environment\n',
    )
    screens.service(of('profile: r'))
    const {text, json} = await screens.doctor({more: inShell(screens.issued('ada'))})
    expect(text).not.toContain('are skipped')
    expect(json.sources.find(({id}) => id === 'environment')).toMatchObject({
      why: expect.stringContaining('The role is taken on with it'),
    })
  })
})

describe('profiles that could be chosen', () => {
  test('are none that AWS has just refused', async () => {
    screens.credentials(section('broken', {...screens.issued('ada'), secret: DEAD.secret}))
    const chosen = async (more: NodeJS.ProcessEnv) => (await screens.doctor({more, verify: true})).text
    for (const more of [{}, {AWS_PROFILE: 'nope'}])
      expect(await chosen(more)).not.toMatch(/AWS_PROFILE=broken|that works is broken|These work/)
    expect((await screens.doctor({more: {AWS_PROFILE: 'nope'}})).text).not.toMatch(/works is|These work/)
  })

  test('of AWS SSO wait for a sign-in, and are not told to be nothing', async () => {
    screens.config(
      '[sso-session corp]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n',
    )
    const {text} = await screens.doctor()
    expect(text).not.toContain('There are no AWS credentials')
    expect(text).toContain('you are not signed in to the AWS SSO session corp')
    expect(text).toContain('sso login --session corp')
  })
})

describe('where requests go', () => {
  let other: Practice
  beforeEach(async () => {
    other = await startPractice()
  })
  afterEach(async () => other.close())
  const theirs = (): Key => {
    const {accessKeyId, secretAccessKey} = other.issueKey({userName: 'omar'})
    return {id: accessKeyId, secret: secretAccessKey}
  }
  const bare = {AWS_ENDPOINT_URL: undefined}

  test('.env says it: every screen asks there, and a receipt says that the key was checked elsewhere', async () => {
    screens.credentials(section('default', theirs()))
    screens.service(PLAIN)
    screens.dotenv({AWS_ENDPOINT_URL_STS: other.url})
    expect(await screens.identify()).toMatch(/^\d{12}$/)
    expect((await screens.doctor({verify: true})).isUsable).toBe(true)
    expect((await screens.receipt({profile: 'default'})).said).toMatch(/\.env sets AWS_ENDPOINT_URL_STS/)
  })

  test.each([
    ['endpoint_url', (url: string) => `endpoint_url = ${url}\n`],
    [
      'a section of services',
      (url: string) => `services = loc\n[services loc]\nsts =\n  endpoint_url = ${url}\n`,
    ],
  ])('the profile that AWS_PROFILE names says it by %s', async (_what, lines) => {
    screens.service(PLAIN)
    screens.config(`[profile work]\n${lines(other.url)}`)
    screens.credentials(section('work', theirs()))
    const more = {...bare, AWS_PROFILE: 'work'}
    expect(await screens.identify(more)).toMatch(/^\d{12}$/)
    expect((await screens.doctor({verify: true, more})).isUsable).toBe(true)
    // What a key looks like is the affair of who is asked.
    screens.credentials(section('work', {id: 'test', secret: 'test'}))
    expect((await screens.doctor({more})).isUsable).toBe(true)
    expect((await screens.first(more)).inForce?.problem).toBeUndefined()
  })

  test('keys of the shell go where the profile of the settings says', async () => {
    screens.service(PLAIN)
    screens.config(`[default]\nendpoint_url = ${other.url}\n`)
    const more = {...bare, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'}
    expect((await screens.doctor({more})).isUsable).toBe(true)
  })
})

describe('a region that is not enabled in the account', () => {
  test.each([
    ['by AWS_REGION', PLAIN, {AWS_REGION: 'me-south-1'}],
    ['by provider.region', of('region: me-south-1'), {}],
    ['of keys of the shell', of('region: me-south-1 # keys'), {}],
    ['beside a profile', of('profile: work\n  region: me-south-1'), {}],
    [
      'of a resolver with keys',
      `${PLAIN}stages:\n  default:\n    resolvers:\n      k:\n        type: aws\n        region: me-south-1\n        accessKeyId: \${env:KID}\n        secretAccessKey: \${env:KSEC}\n`,
      {},
    ],
  ])('stops a deploy there, and every screen that asks says so: %s', async (_what, yaml, more) => {
    const [ada, bob] = [screens.issued('ada'), screens.issued('bob')]
    const isOfShell = yaml.includes('# keys')
    if (!isOfShell) screens.credentials(section('default', ada), section('work', bob))
    screens.service(yaml)
    const around = {...more, KID: ada.id, KSEC: ada.secret, ...(isOfShell ? inShell(ada) : {})}
    const [doctor, list] = [
      await screens.doctor({more: around, verify: true}),
      await screens.list({more: around, verify: true}),
    ]
    expect([doctor.isUsable, list.hasErrors]).toEqual([false, true])
    expect(list.text).toContain('The region me-south-1 is not enabled in this account.')
    if (!yaml.includes('resolvers') && !yaml.includes('profile'))
      expect(await screens.identify(around)).toBe('REGION_DISABLED')
  })

  test('is told as the cause where a role is taken on there', async () => {
    screens.practice.account.addRole('deployer')
    screens.credentials(section('work', screens.issued('ada')))
    screens.config(
      '[profile r]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = work\nregion = me-south-1\n',
    )
    screens.service(of('profile: r'))
    const {text} = await screens.doctor({verify: true})
    expect(text).toContain('me-south-1 is not enabled')
    expect(text).not.toContain('AWS does not know this access key')
  })
})

test('what AWS refuses of a role is no open question', async () => {
  screens.practice.account.addRole('deployer')
  screens.credentials(section('work', screens.issued('ada')))
  screens.config(
    '[profile r]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = work\nduration_seconds = 99999\n',
  )
  screens.service(of('profile: r'))
  const [doctor, list] = [await screens.doctor({verify: true}), await screens.list({verify: true})]
  expect([doctor.isUsable, list.hasErrors]).toEqual([false, true])
  expect(doctor.text).toContain('duration_seconds from 900 to 43200')
})

test('a program that takes the place of a broken role is asked, as a deploy does', async () => {
  const program = screens.keyProgram(screens.issued('bob'))
  screens.config(
    `[profile b]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = gone\ncredential_process = ${program}\n`,
  )
  screens.service(of('profile: b'))
  for (const verify of [false, true]) {
    const [doctor, list] = [await screens.doctor({verify}), await screens.list({verify})]
    expect([doctor.isUsable, list.hasErrors]).toEqual([true, false])
    expect(doctor.head).not.toContain('AWS would refuse')
  }
})

describe('a variable that the file needs, and that is not set', () => {
  test.each(['profile: ${env:P}', 'region: ${env:P}'])('stops every deploy: %s', async (provider) => {
    screens.credentials(section('default', screens.issued('ada')), section('work', screens.issued('bob')))
    screens.service(of(provider))
    expect((await screens.doctor()).isUsable).toBe(false)
    expect((await screens.doctor({asked: {profile: 'work'}})).isUsable).toBe(false)
    for (const profile of ['work', 'default']) {
      const {line, said} = await screens.receipt({profile, region: 'eu-west-1'})
      expect(line).not.toContain('serverless deploy')
      expect(said).toContain('P is not set')
    }
  })
})

describe('where a printed command leads', () => {
  test('what AWS refused is seen there too', async () => {
    screens.credentials(section('default', screens.issued('ada')))
    screens.config('[profile r]\nrole_arn = arn:aws:iam::123456789012:role/nope\nsource_profile = default\n')
    screens.service(of('profile: r'))
    const {text} = await screens.list({verify: true})
    expect(text).toMatch(/doctor --verify --service \S+app/)
    expect(text).not.toMatch(/`serverless-setup doctor`/)
  })

  test('a file is called as it is found from here', async () => {
    screens.service(PLAIN)
    const {id, secret} = screens.issued('ada')
    screens.dotenv({AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: 'abc'})
    const {inForce} = await screens.first()
    const steps = inForce?.problem?.nextSteps.join(' ') ?? ''
    expect(steps).toMatch(/out of \S*app\/\.env\b/)
    expect(steps).toMatch(/doctor --service \S+app/)
  })

  test('what unsets a variable is told only where it helps here', async () => {
    screens.credentials(section('other', screens.issued('ada')))
    screens.service(
      `${PLAIN}stages:\n  default:\n    resolvers:\n      k:\n        type: aws\n        profile: other\n`,
    )
    const {text} = await screens.doctor({more: {...inShell(DEAD), AWS_PROFILE: 'nosuch'}})
    expect(text).not.toContain('To use the keys of the environment')
  })
})

test.each(['provider.region', 'no region'])(
  'the program past a broken role is asked in the region of a deploy: %s',
  async (_what) => {
    const program = screens.keyProgram(screens.issued('bob'))
    const isOfService = _what === 'provider.region'
    screens.config(
      `[profile b]\nrole_arn = arn:aws:iam::123456789012:role/x\ncredential_process = ${program}\nregion = ${isOfService ? 'eu-west-1' : 'me-south-1'}\n`,
    )
    screens.service(of(`profile: b${isOfService ? '\n  region: me-south-1' : ''}`))
    const [doctor, list] = [await screens.doctor({verify: true}), await screens.list({verify: true})]
    expect([doctor.isUsable, list.hasErrors]).toEqual(isOfService ? [false, true] : [true, false])
  },
)

test('where the environment says where requests go, the profile is not told to', async () => {
  screens.config('[profile work]\nendpoint_url = http://127.0.0.1:9\n')
  screens.credentials(section('work', screens.issued('ada')))
  const {text} = await screens.doctor({asked: {profile: 'work'}, verify: true})
  expect(text).not.toContain('With the profile work')
})

test('regions of the shell are told by tool, beside what the file of the service says', async () => {
  screens.credentials(section('default', screens.issued('ada')))
  screens.service(of('region: ap-south-1'))
  const more = {AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'eu-south-1'}
  const {json} = await screens.doctor({more})
  const {what} = json.findings.find(({code}) => code === 'REGION_VARIABLES_DIFFER')!
  expect(what).not.toContain('all others')
  expect(what).toContain('AWS CLI 2')
})

describe('what is told as without the service', () => {
  test('is without its .env', async () => {
    screens.credentials(section('default', screens.issued('ada')), section('work', screens.issued('bob')))
    screens.compose({api: of('profile: work'), web: of('profile: default')})
    screens.dotenv({AWS_PROFILE: 'nosuch'})
    const {text} = await screens.doctor()
    expect(text).toContain('Without the service')
    expect(text).not.toContain('nosuch')
  })

  test('says nothing to be missing that the service does not need', async () => {
    const {id, secret} = screens.issued('ada')
    screens.dotenv({ID: id, SECRET: secret}, 'app/.env.dev')
    screens.service(
      `${PLAIN}stages:\n  default:\n    resolvers:\n      k:\n        type: aws\n        accessKeyId: \${env:ID}\n        secretAccessKey: \${env:SECRET}\n`,
    )
    const {isUsable, json} = await screens.doctor({verify: true})
    expect(isUsable).toBe(true)
    expect(json.findings.map(({code}) => code)).not.toContain('NO_CREDENTIALS')
  })
})
