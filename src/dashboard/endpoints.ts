/** Where the Serverless Dashboard is asked, and which pages of it a person opens. */
import {DASHBOARD_URL_VARIABLE, isPracticeDashboard} from '../domain/loopback.js'
import {Failure} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {unsetVariables} from '../text/shell.js'

/** `dev` is the Dashboard of its makers, with people and organisations of its own. */
export type DashboardStage = 'prod' | 'dev'

/** Addresses without a slash at their end. */
export interface DashboardEndpoints {
  readonly stage: DashboardStage
  /** People, organisations, apps. */
  readonly core: string
  /** The WebSocket that a sign-in waits at. */
  readonly broker: string
  /** Providers and which service uses which. */
  readonly providers: string
  /** The pages. */
  readonly frontend: string
  /** The page of AWS on which a stack is made. */
  readonly cloudFormation: string
  /** The template of that stack. */
  readonly roleTemplate: string
}

/**
 * SERVERLESS_PLATFORM_STAGE=dev is honoured as Serverless Framework does.
 * @throws Failure DASHBOARD_ADDRESS_REFUSED
 */
export function dashboardEndpoints(env: Readonly<Record<string, string | undefined>>): DashboardEndpoints {
  const stage = env['SERVERLESS_PLATFORM_STAGE'] === 'dev' ? 'dev' : 'prod'
  const other = env[DASHBOARD_URL_VARIABLE]
  if (other) return onThisMachine(checked(other), stage)
  const suffix = stage === 'dev' ? '-dev' : ''
  return {
    stage,
    core: `https://api.serverless${suffix}.com/core`,
    broker: `wss://api.serverless${suffix}.com/login/broker`,
    providers: `https://sp-providers-v1.serverless-platform${suffix}.com`,
    frontend: `https://app.serverless${suffix}.com`,
    cloudFormation: 'https://console.aws.amazon.com/cloudformation/home',
    roleTemplate: roleTemplate(stage),
  }
}

function onThisMachine(url: string, stage: DashboardStage): DashboardEndpoints {
  return {
    stage,
    core: `${url}/core`,
    broker: `${url.replace(/^http/, 'ws')}/login/broker`,
    providers: url,
    frontend: `${url}/`,
    cloudFormation: `${url}/cloudformation/home`,
    roleTemplate: roleTemplate(stage),
  }
}

function roleTemplate(stage: DashboardStage): string {
  const bucket = `serverless-framework-template${stage === 'dev' ? '-dev' : ''}`
  return `https://${bucket}.s3.amazonaws.com/roleTemplate.yml`
}

/** A token must not be sent to wherever a variable says. */
function checked(text: string): string {
  if (isPracticeDashboard(text)) return new URL(text).origin
  throw new Failure({
    code: 'DASHBOARD_ADDRESS_REFUSED',
    what: say`${DASHBOARD_URL_VARIABLE} is no address of this machine.`,
    why: say`It is for practice only: what is signed in to the Dashboard is never sent anywhere else.`,
    nextSteps: [
      say`Take it away: \`${unsetVariables([DASHBOARD_URL_VARIABLE])}\``,
      say`Or name a program of this machine, such as http://127.0.0.1:4000.`,
    ],
  })
}
