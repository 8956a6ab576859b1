/** What `.env` and a compose file change holds for every screen: first screen, doctor, list of resolvers, receipt. */
import {mkdirSync} from 'node:fs'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {panelLines} from '../../components/panel-lines.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import type {Panel, WorkContext} from '../../src/engine/types.js'
import {awsFiles} from '../../src/files/locations.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {nextStep, type Chosen} from '../../src/service/next-step.js'
import {checkup} from '../../src/wiring/checkup.js'
import {resolversPorts} from '../../src/wiring/resolvers.js'
import {survey} from '../../src/wiring/survey.js'
import {homeSandbox, type Home} from '../support/home.js'

let practice: Practice
let home: Home
let env: Record<string, string>
beforeEach(async () => {
  practice = await startPractice()
  home = homeSandbox({env: {AWS_ENDPOINT_URL: practice.url, AWS_EC2_METADATA_DISABLED: 'true'}})
  env = home.env
  mkdirSync(`${home.path}/app`, {recursive: true})
})
afterEach(async () => {
  home.remove()
  await practice.close()
})

const context = (): WorkContext => ({signal: new AbortController().signal, report: () => undefined})
const issued = (userName: string) => {
  const {accessKeyId, secretAccessKey} = practice.issueKey({userName})
  return {id: accessKeyId, secret: secretAccessKey}
}
const section = (name: string, {id, secret}: {id: string; secret: string}) =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`
const DEAD = {id: 'AKIADEADDEADDEADDEAD', secret: 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'}

const text = (panels: readonly Panel[]) =>
  panelLines(panels, 200)
    .map((line) => line.map(({text: words}) => words).join(''))
    .join('\n')

const PLAIN = 'service: shop\nprovider:\n  name: aws\n'
const service = (yaml: string, name = 'app') => home.write(`${name}/serverless.yml`, yaml)
const dotenv = (lines: Record<string, string>, name = 'app') =>
  home.write(
    `${name}/.env`,
    Object.entries(lines)
      .map(([variable, value]) => `${variable}=${value}\n`)
      .join(''),
  )

async function doctor({verify = false, more = {}}: {verify?: boolean; more?: NodeJS.ProcessEnv} = {}) {
  const asked = {env: {...env, ...more}, asked: {}, folder: `${home.path}/app`}
  const found = await checkup(asked, verify ? context() : undefined)
  const json = found.data() as {
    used: string | null
    findings: readonly {code: string; fix?: string}[]
    sources: readonly {fix?: string}[]
  }
  return {...found, text: text(found.report), head: text(found.summary), json}
}

async function list({verify = false, more = {}}: {verify?: boolean; more?: NodeJS.ProcessEnv} = {}) {
  const around = {...env, ...more}
  const none = {stage: undefined, profile: undefined, region: undefined}
  const ports = resolversPorts({env: around, files: awsFiles(around), folder: `${home.path}/app`, ...none})
  const views = await ports.readServices({verify}, context())
  return {
    views,
    text: views.map(({overview}) => text(overview)).join('\n'),
    hasErrors: views.some((each) => each.hasErrors),
  }
}

const first = async (more: NodeJS.ProcessEnv = {}) => survey({...env, ...more}, `${home.path}/app`)

async function receipt(chosen: Chosen, more: Record<string, string> = {}) {
  const s = await readSnapshot({env: {...env, SERVERLESS_LICENSE_KEY: 'x', ...more}})
  return nextStep(s, {folder: `${home.path}/app`, shell: 'posix', ...chosen})
}

describe('.env names another credentials file', () => {
  const others = () => {
    home.write('other', section('default', DEAD))
    dotenv({AWS_SHARED_CREDENTIALS_FILE: `${home.path}/other`})
    service(PLAIN)
  }

  test('AWS is asked with the keys of that one: no green that is not so', async () => {
    home.write('.aws/credentials', section('default', issued('ada')))
    others()
    const seen = await doctor({verify: true})
    expect(seen.text).toMatch(/✖ Stage dev/)
    expect(seen.isUsable).toBe(false)
    expect(seen.head).not.toMatch(/✔ Serverless Framework would use/)
    expect(await list({verify: true})).toMatchObject({
      hasErrors: true,
      text: expect.stringMatching(/✖ Stage dev/),
    })
  })

  test('and no red that is not so', async () => {
    home.write('.aws/credentials', section('default', DEAD))
    home.write('other', section('default', issued('ada')))
    dotenv({AWS_SHARED_CREDENTIALS_FILE: `${home.path}/other`})
    service(PLAIN)
    const seen = await doctor({verify: true})
    expect(seen.text).toContain('✔ Stage dev  the standard chain of AWS (account 123456789012)')
    expect(seen.isUsable).toBe(true)
    expect((await list({verify: true})).hasErrors).toBe(false)
  })

  test('a profile that stands only there is one for the list of resolvers as for the doctor', async () => {
    home.write('other', section('q', issued('ada')))
    dotenv({AWS_SHARED_CREDENTIALS_FILE: `${home.path}/other`})
    service(`${PLAIN}  profile: q\n`)
    for (const verify of [false, true]) {
      expect((await list({verify})).text).not.toContain('PROFILE_NOT_HERE')
      expect((await list({verify})).hasErrors).toBe(false)
      expect((await doctor({verify})).isUsable).toBe(true)
    }
  })

  test('a receipt offers no deploy that would use other keys', async () => {
    home.write('.aws/credentials', section('default', issued('ada')) + section('fresh', issued('bob')))
    home.write('other', section('default', issued('eve')))
    dotenv({AWS_SHARED_CREDENTIALS_FILE: `${home.path}/other`})
    service(PLAIN)
    for (const profile of ['default', 'fresh']) {
      const {notes, lines} = await receipt({profile})
      expect(notes.join(' ')).toMatch(/\.env\b.* AWS_SHARED_CREDENTIALS_FILE/)
      const [line, ...more] = lines.filter((each) => !each.startsWith('cd '))
      expect(line).toBe(`export AWS_SHARED_CREDENTIALS_FILE=${home.path}/.aws/credentials`)
      expect(more.at(-1)).toMatch(
        profile === 'default' ? /^serverless deploy$/ : /serverless deploy --aws-profile fresh$/,
      )
    }
  })
})

describe('what .env adds is there when AWS is asked', () => {
  test('the keys that a role of the environment is taken on with', async () => {
    const {id, secret} = issued('ada')
    home.write(
      '.aws/config',
      '[profile r]\nrole_arn = arn:aws:iam::123456789012:role/deployer\ncredential_source = Environment\n',
    )
    practice.account.addRole('deployer')
    dotenv({AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret})
    service(`${PLAIN}  profile: r\n`)
    for (const verify of [false, true]) {
      const [ofDoctor, ofList] = [await doctor({verify}), await list({verify})]
      expect(ofDoctor.text).toMatch(/✔ Stage dev/)
      expect(ofList.text).toMatch(/✔ Stage dev/)
      expect([ofDoctor.isUsable, ofList.hasErrors]).toEqual([true, false])
    }
  })

  test('the file and the role of a web identity', async () => {
    home.write('token', 'not.a.token')
    dotenv({
      AWS_WEB_IDENTITY_TOKEN_FILE: `${home.path}/token`,
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/x',
    })
    service(PLAIN)
    const {text: report} = await doctor({verify: true})
    expect(report).not.toContain('ENOENT')
  })

  test('the address of a stand-in for AWS, which takes keys of any form', async () => {
    home.write('.aws/credentials', section('default', {id: 'test', secret: 'test'}))
    dotenv({AWS_ENDPOINT_URL: practice.url})
    service(PLAIN)
    const none = {AWS_ENDPOINT_URL: undefined}
    expect((await doctor({more: none})).isUsable).toBe(true)
    expect((await doctor({more: none})).text).toMatch(/✔ Stage dev/)
    home.write('.aws/credentials', section('default', issued('ada')))
    expect((await doctor({verify: true, more: none})).text).toMatch(/✔ Stage dev .*account 123456789012/)
  })

  test('a key of .env that AWS refuses is not told as one that is used', async () => {
    home.write('.aws/credentials', section('default', issued('ada')))
    dotenv({AWS_ACCESS_KEY_ID: DEAD.id, AWS_SECRET_ACCESS_KEY: DEAD.secret})
    service(PLAIN)
    const {head, isUsable, text: report} = await doctor({verify: true})
    expect(isUsable).toBe(false)
    expect(report).toMatch(/✖ Stage dev/)
    expect(head).not.toMatch(/✔ Serverless Framework would use/)
  })
})

describe('what .env is blamed for', () => {
  test('not for what is so without it', async () => {
    home.write('.aws/credentials', section('work', issued('ada')))
    dotenv({AWS_REGION: 'eu-west-1'})
    service(PLAIN)
    const {json} = await doctor()
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
    dotenv(lines)
    service(PLAIN)
    const more = {AWS_ENDPOINT_URL: undefined}
    const seen = await doctor({more})
    expect(seen.isUsable).toBe(false)
    expect(JSON.stringify(seen.json)).not.toMatch(/unset AWS/)
    expect(seen.text).not.toContain('unset AWS')
    const {inForce} = await first(more)
    expect(JSON.stringify(inForce?.problem ?? {})).not.toContain('unset AWS')
    expect(JSON.stringify(inForce?.problem ?? seen.json)).toContain('.env')
  })
})

describe('services that a compose file names', () => {
  const compose = () =>
    home.write('app/serverless-compose.yml', 'services:\n  api:\n    path: api\n  web:\n    path: web\n')
  const both = (api: string, web = api) => {
    compose()
    service(api, 'app/api')
    service(web, 'app/web')
  }

  test('what all of them name is what every screen tells', async () => {
    home.write('.aws/credentials', section('default', issued('ada')) + section('work', issued('bob')))
    both(`${PLAIN}  profile: work\n`)
    expect((await first()).inForce).toMatchObject({
      source: expect.stringMatching(/profile work/),
      profile: 'work',
    })
    const seen = await doctor()
    expect(seen.json.used).toMatch(/profile work/)
    expect(seen.head).toMatch(/would use the key .* of the profile work/)
    const saved = await receipt({profile: 'work'})
    expect(saved.lines.at(-1)).toMatch(/^(npx )?serverless deploy$/)
    expect(saved.notes).toEqual([])
    const other = await receipt({profile: 'default'})
    expect(other.notes.join(' ')).toContain('work')
    expect(other.lines.at(-1)).toContain('--aws-profile default')
  })

  test('different ones are told by service, and none of the machine in their place', async () => {
    home.write('.aws/credentials', section('default', issued('ada')) + section('work', issued('bob')))
    both(`${PLAIN}  profile: work\n`, PLAIN)
    const {inForce} = await first()
    expect(inForce?.source).toMatch(/profile work.*api.*profile default.*web/)
    const seen = await doctor()
    expect(seen.json.used).toBe(inForce?.source)
  })

  test('where one stops, doctor and first screen say the same', async () => {
    home.write('.aws/credentials', section('default', issued('ada')))
    both(`${PLAIN}  profile: gone\n`, PLAIN)
    const {inForce} = await first()
    const seen = await doctor()
    expect(inForce?.problem).toMatchObject({code: 'SERVICE_STOPS_DEPLOY'})
    expect(seen.json.used).toBe(inForce?.source)
    expect(seen.head).not.toMatch(/✔ Serverless Framework would use/)
  })

  test('the compose file comes before a service beside it', async () => {
    home.write('.aws/credentials', section('default', issued('ada')))
    both(`${PLAIN}  profile: gone\n`, PLAIN)
    service(PLAIN)
    expect((await first()).inForce?.problem).toMatchObject({code: 'SERVICE_STOPS_DEPLOY'})
    expect((await doctor()).isUsable).toBe(false)
    expect((await list()).views).toHaveLength(2)
    expect((await receipt({profile: 'default'})).lines.join(' ')).not.toContain('serverless deploy')
  })

  test('a variable of .env beside it that is none of AWS is set for all of them', async () => {
    home.write('.aws/credentials', section('work', issued('ada')))
    both(`${PLAIN}  profile: \${env:TEAM}\n`)
    dotenv({TEAM: 'work'})
    expect((await doctor()).text).toMatch(/✔ Stage dev +profile work/)
    expect((await list()).hasErrors).toBe(false)
    expect((await first()).inForce?.problem).toBeUndefined()
  })
})
