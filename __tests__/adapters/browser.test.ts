/** Which pages are opened, when none is, and what the started program gets to see. */
import fc from 'fast-check'
import {
  checkPage,
  openPage,
  type OpenPageOptions,
  withoutSecretVariables,
} from '../../src/adapters/browser.js'
import {runs, seed} from '../support/proof.js'

const screen = {DISPLAY: ':0'}

function opening(options: Partial<OpenPageOptions> = {}) {
  const opened: string[] = []
  const open = (address: string) =>
    openPage(address, {
      env: screen,
      platform: 'linux',
      opener: async (url) => void opened.push(url),
      ...options,
    })
  return {opened, open}
}

describe('pages', () => {
  test.each([
    'https://console.aws.amazon.com/iam/home#/users/create',
    'https://eu-west-1.console.aws.amazon.com/cloudshell/home?region=eu-west-1',
    'https://us-east-1.signin.aws.amazon.com/v1/authorize?a=b&c=d%20e',
    'https://signin.aws.amazon.com/console',
    'https://portal.aws.amazon.com/billing/signup',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/',
    'https://console.amazonaws-us-gov.com/',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/',
    'https://console.amazonaws.cn/',
    'https://d-1234567890.awsapps.com/start#/',
    'https://acme.awsapps.com/start',
    'https://oidc.eu-west-1.amazonaws.com/authorize?x=y',
    'https://device.sso.us-east-1.amazonaws.com/',
    'https://device.sso.us-gov-west-1.amazonaws.com/?user_code=ABCD-EFGH',
    'https://device.sso.cn-north-1.amazonaws.com.cn/',
    'https://oidc.eusc-de-east-1.amazonaws.eu/authorize?x=y',
    'https://start.us-gov-home.awsapps.com/directory/d-1234567890#/device?user_code=ABCD-EFGH',
    'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/acme',
    'https://start.home.awsapps.cn/directory/d-1234567890',
    'https://start.cn-north-1.home.awsapps.cn/directory/acme',
    'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws/#/device?user_code=ABCD-EFGH',
    'https://ssoins-1234567890abcdef.eu-west-1.portal.amazonaws.com/#/device?user_code=ABCD-EFGH',
    'https://ssoins-1234567890abcdef.cn-north-1.portal.amazonaws.com.cn/',
    'https://ssoins-1234567890abcdef.portal.cn-north-1.app.amazonwebservices.com.cn/',
    'https://ssoins-1234567890abcdef.eusc-de-east-1.portal.amazonaws.eu/',
    'https://ssoins-1234567890abcdef.portal.eusc-de-east-1.api.amazonwebservices.eu/',
    'https://identitycenter.amazonaws.com/ssoins-1234567890abcdef',
    'https://app.serverless.com/',
    'https://www.serverless.com/framework/docs',
    'https://slss.io/aws-creds-setup',
  ])('%s is opened', async (url) => {
    const {opened, open} = opening()
    expect(await open(url)).toEqual({opened: true})
    expect(opened).toEqual([new URL(url).href])
  })

  test.each([
    ['http://console.aws.amazon.com/', 'Only https pages are opened.'],
    ['file:///etc/passwd', 'Only https pages are opened.'],
    ['javascript:alert(1)', 'Only https pages are opened.'],
    ['data:text/html,x', 'Only https pages are opened.'],
    ['vscode://x', 'Only https pages are opened.'],
    [
      'https://console.aws.amazon.com.evil.example/',
      'console.aws.amazon.com.evil.example is not a page of AWS or Serverless.',
    ],
    ['https://evilaws.amazon.com/', 'evilaws.amazon.com is not a page of AWS or Serverless.'],
    ['https://evil-awsapps.com/', 'evil-awsapps.com is not a page of AWS or Serverless.'],
    ['https://awsapps.com/', 'awsapps.com is not a page of AWS or Serverless.'],
    ['https://.awsapps.com/', '.awsapps.com is not a page of AWS or Serverless.'],
    [
      'https://my-bucket.s3.eu-west-1.amazonaws.com/',
      'my-bucket.s3.eu-west-1.amazonaws.com is not a page of AWS or Serverless.',
    ],
    [
      'https://my-bucket.s3.eu-west-1.portal.amazonaws.com/',
      'my-bucket.s3.eu-west-1.portal.amazonaws.com is not a page of AWS or Serverless.',
    ],
    [
      'https://ssoins-1.eu-west-1.portal.amazonaws.com.evil.example/',
      'ssoins-1.eu-west-1.portal.amazonaws.com.evil.example is not a page of AWS or Serverless.',
    ],
    [
      'https://x.identitycenter.amazonaws.com/',
      'x.identitycenter.amazonaws.com is not a page of AWS or Serverless.',
    ],
    [
      'https://x.execute-api.eusc-de-east-1.amazonaws.eu/',
      'x.execute-api.eusc-de-east-1.amazonaws.eu is not a page of AWS or Serverless.',
    ],
    ['https://oidc.evil.example/.amazonaws.com', 'oidc.evil.example is not a page of AWS or Serverless.'],
    ['https://console.aws.amazon.com./', 'console.aws.amazon.com. is not a page of AWS or Serverless.'],
    [
      'https://evil.example/https://console.aws.amazon.com/',
      'evil.example is not a page of AWS or Serverless.',
    ],
    ['https://evil.example#@console.aws.amazon.com/', 'evil.example is not a page of AWS or Serverless.'],
    ['https://console.aws.amazon.com@evil.example/', 'The address holds a user name or password.'],
    ['https://user:pw@console.aws.amazon.com/', 'The address holds a user name or password.'],
    ['https://@console.aws.amazon.com/', 'The address holds a user name or password.'],
    ['https://console.aws.amazon.com:8443/', 'The address names a port.'],
    [
      'https://console.aws.amazon.com\\@evil.example/',
      'The address holds characters that have no place in one.',
    ],
    ['https://console.aws.amazon.com/\n--help', 'The address holds characters that have no place in one.'],
    ['https://console.aws.amazon.com/$(id)`id`', 'The address holds characters that have no place in one.'],
    ['https://console.aws.amazon.com/"&calc', 'The address holds characters that have no place in one.'],
    ['https://соnsole.aws.amazon.com/', 'The address holds characters that have no place in one.'],
    [' https://console.aws.amazon.com/', 'The address holds characters that have no place in one.'],
    ['--version', 'This is not an address of a page.'],
    ['', 'This is not an address of a page.'],
    [`https://console.aws.amazon.com/${'a'.repeat(8_000)}`, 'The address is too long.'],
    ['http://127.0.0.1:8080/', 'The address is of another program on this machine.'],
    ['http://localhost:8080/', 'Only https pages are opened.'],
  ])('%j is not: %s', async (url, reason) => {
    const {opened, open} = opening()
    expect(await open(url)).toEqual({opened: false, reason})
    expect(opened).toEqual([])
  })

  test('on this machine only the port of our own server', async () => {
    const {opened, open} = opening({allowLoopbackPort: 8080})
    await open('http://127.0.0.1:8080/console')
    for (const other of [
      'http://127.0.0.1:8081/',
      'http://127.0.0.1/',
      'http://127.0.0.2:8080/',
      'http://localhost:8080/',
      'https://127.0.0.1:8080/',
      'http://[::1]:8080/',
      'http://127.0.0.1:8080@evil.example/',
      'http://127.0.0.1.evil.example:8080/',
    ])
      expect((await open(other)).opened).toBe(false)
    expect(opened).toEqual(['http://127.0.0.1:8080/console'])
  })

  test('whatever the address, only allowed hosts reach the opener, with nothing a shell could read', async () => {
    const hosts = fc.constantFrom(
      'console.aws.amazon.com',
      'evil.example',
      'aws.amazon.com.evil.example',
      'acme.awsapps.com',
      'awsapps.com.evil.example',
      '127.0.0.1',
      'localhost',
      'xawsapps.com',
      'app.serverless.com',
      'slss.io',
      '0x7f.1',
      '[::1]',
      'serverless.com.',
      'evil.example%2f.awsapps.com',
      'evil.example\t.awsapps.com',
    )
    const schemes = fc.constantFrom(
      'https://',
      'http://',
      'https:/',
      'https:',
      'HTTPS://',
      '//',
      'file://',
      'javascript:',
      'ftp://',
      'https:\\\\',
      '',
      ' https://',
    )
    const infixes = fc.constantFrom(
      '',
      '@',
      'user@',
      'a:b@',
      '.',
      '%00',
      '\u0000',
      '\\',
      '/',
      '#',
      '?',
      ':443',
      ':80',
      ':8080',
      '\n',
      '%40',
      '。',
      '\u202e',
    )
    const address = fc.oneof(
      fc
        .tuple(schemes, infixes, hosts, infixes, hosts, infixes, fc.string({unit: 'binary', maxLength: 12}))
        .map((parts) => parts.join('')),
      fc.tuple(schemes, hosts, fc.string({maxLength: 20})).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom('https://', 'HTTPS://', 'https:/', 'http://'), hosts, fc.webPath())
        .map((parts) => parts.join('')),
      fc.webUrl({withFragments: true, withQueryParameters: true}),
      fc.string({unit: 'binary', maxLength: 40}),
    )
    const parents = ['aws.amazon.com', 'awsapps.com', 'serverless.com', 'slss.io']
    let openedCount = 0
    await fc.assert(
      fc.asyncProperty(address, async (text) => {
        const {opened, open} = opening()
        const result = await open(text)
        expect(opened).toHaveLength(result.opened ? 1 : 0)
        expect(result.reason === undefined).toBe(result.opened)
        for (const url of opened) {
          openedCount++
          // Compared by hand, not by the parser that the code under test relies on.
          const host = /^https:\/\/([a-z0-9.-]+)(?:[/?#]|$)/.exec(url)?.[1] ?? 'none'
          expect(parents.some((parent) => host === parent || host.endsWith(`.${parent}`))).toBe(true)
          expect(url).toMatch(/^[!#$%&()*+,./0-9:;=?@A-Z[\]_a-z~-]+$/)
        }
      }),
      {numRuns: runs(4_000), seed},
    )
    expect(openedCount).toBeGreaterThan(100)
  })

  test('checkPage gives the address normalised', () => {
    expect(checkPage('HTTPS://Console.AWS.amazon.com/a/../b')).toEqual({
      url: 'https://console.aws.amazon.com/b',
    })
  })
})

describe('no browser', () => {
  const page = 'https://console.aws.amazon.com/'
  test.each<[string, Partial<OpenPageOptions>, RegExp]>([
    ['--no-browser', {isBrowserOff: true}, /--no-browser/],
    ['BROWSER=none', {env: {...screen, BROWSER: 'none'}}, /BROWSER=none/],
    ['no screen', {env: {}}, /no graphical screen/],
    ['SSH', {env: {...screen, SSH_CONNECTION: '1.2.3.4 5 6.7.8.9 22'}}, /SSH session/],
    ['SSH on macOS', {platform: 'darwin', env: {SSH_TTY: '/dev/ttys001'}}, /SSH session/],
  ])('%s', async (_, options, reason) => {
    const {opened, open} = opening(options)
    const result = await open(page)
    expect(result.opened).toBe(false)
    expect(result.reason).toMatch(reason)
    expect(opened).toEqual([])
  })

  test.each<[string, Partial<OpenPageOptions>]>([
    ['Wayland', {env: {WAYLAND_DISPLAY: 'wayland-0'}}],
    ['WSL without a screen', {env: {WSL_DISTRO_NAME: 'Ubuntu'}}],
    ['WSL, told', {env: {}, isWsl: true}],
    ['macOS', {platform: 'darwin', env: {}}],
    ['Windows', {platform: 'win32', env: {}}],
    ['a browser of one own choice', {env: {...screen, BROWSER: 'firefox'}}],
  ])('but with %s there is one', async (_, options) => {
    expect(await opening(options).open(page)).toEqual({opened: true})
  })

  test('one that does not start is no failure', async () => {
    const missing = Object.assign(new Error('spawn xdg-open ENOENT'), {code: 'ENOENT'})
    const opener = async () => {
      throw missing
    }
    expect(await opening({opener}).open(page)).toEqual({
      opened: false,
      reason: 'The browser could not be started (ENOENT).',
    })
  })
})

describe('the environment of the started program', () => {
  test('holds no secrets while it starts, and ours is as before after', async () => {
    const env: NodeJS.ProcessEnv = {
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_SESSION_TOKEN: 't',
      AWS_PROFILE: 'p',
      SERVERLESS_ACCESS_KEY: 'k',
      GITHUB_TOKEN: 'g',
      DB_PASSWORD: 'w',
      PATH: '/bin',
      DISPLAY: ':0',
    }
    const before = {...env}
    const during = await withoutSecretVariables(env, async () => ({...env}))
    expect(during).toEqual({PATH: '/bin', DISPLAY: ':0'})
    expect(env).toEqual(before)
  })

  test('is put back when the start fails, but not over a value set meanwhile', async () => {
    const env: NodeJS.ProcessEnv = {AWS_PROFILE: 'old', AWS_REGION: 'eu-west-1'}
    const failing = withoutSecretVariables(env, async () => {
      env['AWS_PROFILE'] = 'new'
      throw new Error('no browser')
    })
    await expect(failing).rejects.toThrow('no browser')
    expect(env).toEqual({AWS_PROFILE: 'new', AWS_REGION: 'eu-west-1'})
  })
})
