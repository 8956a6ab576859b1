import {rmSync} from 'node:fs'
import {mkdir, mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {PolicyChoice} from '../../flows/local-profile/ports.js'
import type {Options} from './options.js'
import {badgeOf} from './badge.js'
import type {Answer} from '../engine/types.js'
import type {OpenScreen} from '../frontends/open-screen.js'
import type {Practice} from '../practice/server.js'
import {wizard, type World} from './wizard.js'
import {DASHBOARD_URL_VARIABLE} from '../domain/loopback.js'

/** Variables of the surroundings that a demo may see: how to draw, and nothing that leads to an account or a network. */
const KEPT = [
  'PATH',
  'TERM',
  'COLORTERM',
  'LANG',
  'LC_ALL',
  'NO_COLOR',
  'FORCE_COLOR',
  'INK_SCREEN_READER',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'BROWSER',
  'SSH_CONNECTION',
  'WSL_DISTRO_NAME',
]

/**
 * The same program on the embedded AWS, in a temporary home that is removed afterwards. Without a terminal it
 * plays itself, screen by screen, so that it can be read as a transcript.
 */
export async function demo(options: Options, screen: OpenScreen | undefined): Promise<number> {
  const [{startPractice}, {realPorts}] = await Promise.all([
    import('../practice/server.js'),
    import('../adapters/ports.js'),
  ])
  const practice = await startPractice()
  const home = await mkdtemp(join(tmpdir(), 'serverless-setup-demo-'))
  // A hang-up or a kill ends the program without coming back here.
  const removeHome = () => rmSync(home, {recursive: true, force: true})
  process.once('exit', removeHome)
  try {
    const env = demoEnvironment(process.env, home, practice.url)
    const practiceKey = keyMaker(practice)
    const [kind] = options.operands
    // A service is looked for, changed and made in the folder that one stands in: never in the person's own.
    const folder = join(home, 'practice')
    await mkdir(folder)
    process.chdir(folder)
    const playsItself = !screen && !options.json && !(process.stdin.isTTY && process.stdout.isTTY)
    // Without a person each page is clicked on as soon as it is opened.
    const browser = async (page: string) => click(page, practice).then(() => ({opened: true}))
    const ports = {
      ...realPorts({
        env,
        options,
        loopbackUrl: practice.url,
        ...(playsItself && kind === 'role' ? {browser} : {}),
      }),
      practiceKey,
      practiceAllow: async (page: string) => click(page, practice),
    }
    if (playsItself && kind === 'sso') practice.identityCenter.autoApprove()
    const badge = badgeOf(options)
    const world: World = {
      env,
      ports,
      ...(badge ? {badge} : {}),
      input: {isPractice: true, consoleUrl: practice.consoleUrl},
      isTranscript: playsItself,
      ...(playsItself ? {presets: await scriptOf(kind, practice, practiceKey)} : {}),
    }
    if (kind !== 'sso') return await wizard(isPath(kind) ? {...options, path: kind} : options, screen, world)
    const {sso} = await import('./sso.js')
    return await sso({...options, operands: []}, screen, world)
  } finally {
    removeHome()
    process.off('exit', removeHome)
    await practice.close()
  }
}

/** The demo that names none begins where a person begins: with the choice of a path. */
function isPath(kind: string | undefined): kind is 'local' | 'role' {
  return kind === 'local' || kind === 'role'
}

/** What the person would click on a page that the wizard opens. */
async function click(page: string, {dashboard, identityCenter}: Practice): Promise<void> {
  if (page.includes('stackName=')) await dashboard.createStack(page)
  else if (page.startsWith(dashboard.url) && page.includes('transactionId='))
    await dashboard.visit(page, {choose: 'allow'})
  else await identityCenter.visit(page, {choose: 'allow'})
}

/**
 * Makes one key a policy, as IAM allows a user two: asked again, it is the same key, as the command in CloudShell prints
 * it. Both belong to the user that the steps name, who may always do what was chosen last.
 */
function keyMaker(practice: Practice): (policy: PolicyChoice) => Promise<string> {
  const made = new Map<PolicyChoice, string>()
  return async (policy) => {
    const [{USER_NAME, POLICY_NAME, administratorAccess, deploymentPolicy}, {parsePolicy}] =
      await Promise.all([import('../domain/policies.js'), import('../practice/policy.js')])
    const user = practice.account.users.get(USER_NAME) ?? practice.newUser({userName: USER_NAME}).user
    user.attached.clear()
    user.inline.clear()
    if (policy === 'administrator') user.attached.add(administratorAccess('aws'))
    else user.inline.set(POLICY_NAME, parsePolicy(JSON.stringify(deploymentPolicy('aws'))))
    const text = made.get(policy) ?? printedKey(practice, USER_NAME)
    made.set(policy, text)
    return text
  }
}

/** What `aws iam create-access-key` prints of a new key. */
function printedKey(practice: Practice, userName: string): string {
  const {accessKeyId, secretAccessKey} = practice.issueKey({userName})
  const key = {
    UserName: userName,
    AccessKeyId: accessKeyId,
    Status: 'Active',
    SecretAccessKey: secretAccessKey,
  }
  return `${JSON.stringify({AccessKey: key}, null, 4)}\n`
}

/** A home of its own, the embedded AWS as the only service, and none of the person's credentials or proxies. */
function demoEnvironment(env: NodeJS.ProcessEnv, home: string, url: string): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    KEPT.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  )
  return {
    ...kept,
    HOME: home,
    USERPROFILE: home,
    AWS_ENDPOINT_URL: url,
    [DASHBOARD_URL_VARIABLE]: url,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

async function scriptOf(
  kind: string | undefined,
  practice: Practice,
  practiceKey: (policy: PolicyChoice) => Promise<string>,
): Promise<ReadonlyMap<string, Answer>> {
  if (kind === 'sso') return ssoScript(practice)
  return kind === 'role' ? roleScript() : script(practiceKey)
}

/** The answers of a demo that plays itself: the way through the console, with a key made on the way. */
async function script(
  practiceKey: (policy: PolicyChoice) => Promise<string>,
): Promise<ReadonlyMap<string, Answer>> {
  return new Map<string, Answer>([
    ['set-up-method', 'local'],
    ['account', 'yes'],
    ['method', 'console'],
    ['permissions', 'administrator'],
    ['key', await practiceKey('administrator')],
    ['profile', 'default'],
    ['region', 'eu-west-1'],
    ['plan', 'yes'],
    ['receipt', 'done'],
  ])
}

/** The answers of a demo of AWS SSO that plays itself: one account and role, signed in with a code. */
function ssoScript({identityCenter}: Practice): ReadonlyMap<string, Answer> {
  return new Map<string, Answer>([
    ['sso-start-url', identityCenter.startUrl],
    ['sso-region', identityCenter.region],
    ['sso-session-name', 'practice'],
    ['sso-extent', 'one'],
    ['sso-account', '123456789012'],
    ['sso-role', 'AdministratorAccess'],
    ['sso-profile', 'dev'],
    ['region', 'eu-west-1'],
    ['sso-plan', 'yes'],
    ['sso-receipt', 'done'],
  ])
}

/** The answers of a demo of the path through the Dashboard that plays itself. */
function roleScript(): ReadonlyMap<string, Answer> {
  return new Map<string, Answer>([
    ['template', 'aws-node-simple'],
    ['service-name', 'aws-node-project'],
    ['service-plan', 'yes'],
    ['dashboard-sign-in', 'yes'],
    ['app-name', 'my-app'],
    ['org-app-plan', 'yes'],
    ['create-role', 'yes'],
    ['use-provider', 'service'],
    ['role-receipt', 'done'],
  ])
}
