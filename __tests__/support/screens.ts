/** One machine and folder as every screen tells it: first screen, doctor, list of resolvers, receipt. */
import {chmodSync, mkdirSync} from 'node:fs'
import {panelLines} from '../../components/panel-lines.js'
import type {Asked} from '../../src/credentials/types.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import type {Panel, WorkContext} from '../../src/engine/types.js'
import {awsFiles} from '../../src/files/locations.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {nextStep} from '../../src/service/next-step.js'
import type {Chosen} from '../../src/domain/next-step.js'
import type {Options} from '../../src/app/options.js'
import type {Failure} from '../../src/domain/problem.js'
import {checkup} from '../../src/adapters/checkup.js'
import {realPorts} from '../../src/adapters/ports.js'
import {resolversPorts} from '../../src/adapters/resolvers.js'
import {survey} from '../../src/adapters/survey.js'
import {homeSandbox, type Home} from './home.js'

interface Look {
  readonly verify?: boolean
  readonly more?: NodeJS.ProcessEnv
  readonly stage?: string
  readonly asked?: Asked
}

export interface Key {
  readonly id: string
  readonly secret: string
}

export const DEAD: Key = {id: 'AKIADEADDEADDEADDEAD', secret: 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'}
export const PLAIN = 'service: shop\nprovider:\n  name: aws\n'

export const section = (name: string, {id, secret}: Key) =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`

const context = (): WorkContext => ({signal: new AbortController().signal, report: () => undefined})

const text = (panels: readonly Panel[]) =>
  panelLines(panels, 200)
    .map((line) => line.map(({text: words}) => words).join(''))
    .join('\n')

export class Screens {
  readonly practice: Practice
  readonly home: Home
  readonly env: Record<string, string>

  private constructor(practice: Practice) {
    this.practice = practice
    this.home = homeSandbox({env: {AWS_ENDPOINT_URL: practice.url, AWS_EC2_METADATA_DISABLED: 'true'}})
    this.env = this.home.env
    mkdirSync(this.app, {recursive: true})
  }

  static async open(): Promise<Screens> {
    return new Screens(await startPractice())
  }

  async close(): Promise<void> {
    this.home.remove()
    await this.practice.close()
  }

  get app(): string {
    return `${this.home.path}/app`
  }

  issued(userName: string): Key {
    const {accessKeyId, secretAccessKey} = this.practice.issueKey({userName})
    return {id: accessKeyId, secret: secretAccessKey}
  }

  credentials(...sections: readonly string[]): void {
    this.home.write('.aws/credentials', sections.join(''))
  }

  config(...sections: readonly string[]): void {
    this.home.write('.aws/config', sections.join(''))
  }

  /** A program that prints the key, for `credential_process`: its path. */
  keyProgram({id, secret}: Key): string {
    const said = JSON.stringify({Version: 1, AccessKeyId: id, SecretAccessKey: secret})
    this.home.write('bin/keys.sh', `#!/bin/sh\necho '${said}'\n`)
    const path = `${this.home.path}/bin/keys.sh`
    chmodSync(path, 0o755)
    return path
  }

  service(yaml: string, folder = 'app'): void {
    this.home.write(`${folder}/serverless.yml`, yaml)
  }

  dotenv(lines: Record<string, string>, name = 'app/.env'): void {
    const rows = Object.entries(lines).map(([variable, value]) => `${variable}=${value}\n`)
    this.home.write(name, rows.join(''))
  }

  /** Services that a compose file names, by their folders. */
  compose(services: Record<string, string>): void {
    const names = Object.keys(services)
    this.home.write(
      'app/serverless-compose.yml',
      `services:\n${names.map((name) => `  ${name}:\n    path: ${name}\n`).join('')}`,
    )
    for (const [name, yaml] of Object.entries(services)) this.service(yaml, `app/${name}`)
  }

  async doctor({verify = false, more = {}, stage, asked = {}}: Look = {}) {
    const wiring = {env: {...this.env, ...more}, asked, folder: this.app, stage}
    const found = await checkup(wiring, verify ? context() : undefined)
    const json = found.data() as {
      used: string | null
      findings: readonly {code: string; what: string; fix?: string}[]
      sources: readonly {id: string; why: string; standing: string; fix?: string}[]
    }
    return {...found, text: text(found.report), head: text(found.summary), json}
  }

  async list({verify = false, more = {}, stage}: Look = {}) {
    const around = {...this.env, ...more}
    const options = {stage, profile: undefined, region: undefined}
    const ports = resolversPorts({env: around, files: awsFiles(around), folder: this.app, ...options})
    const views = await ports.readServices({verify}, context())
    return {
      views,
      text: views.map(({overview}) => text(overview)).join('\n'),
      hasErrors: views.some((each) => each.hasErrors),
    }
  }

  async first(more: NodeJS.ProcessEnv = {}) {
    return survey({...this.env, ...more}, this.app)
  }

  /** What the first screen says once AWS was asked. */
  async identify(more: NodeJS.ProcessEnv = {}) {
    const options = {command: 'wizard', dryRun: false, noBrowser: true, service: this.app} as const
    const {identify} = realPorts({env: {...this.env, ...more}, options: options as unknown as Options})
    return identify(context()).then(
      ({accountId}) => accountId,
      (error: unknown) => (error as Failure).problem.code,
    )
  }

  async receipt(chosen: Chosen, more: Record<string, string> = {}) {
    const s = await readSnapshot({env: {...this.env, SERVERLESS_LICENSE_KEY: 'x', ...more}})
    const next = await nextStep(s, {folder: this.app, shell: 'posix', ...chosen})
    return {...next, said: next.notes.join(' '), line: next.lines.at(-1) ?? ''}
  }
}
