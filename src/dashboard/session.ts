/** Who is signed in to the Dashboard: a key in the environment, what Serverless Framework keeps, or a new sign-in. */
import {stopInDryRun} from '../domain/dry-run.js'
import {Failure} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {Secret} from '../text/secret.js'
import {
  readDashboardUser,
  saveDashboardUser,
  serverlessRcPath,
  type DashboardUser,
} from '../service/serverless-rc.js'
import type {DashboardContext} from './context.js'
import type {LoginAttempt} from './login.js'
import {keyRefused, signedOut} from './problems.js'
import type {DashboardStage} from './endpoints.js'

export type SignedIn =
  {readonly kind: 'key'; readonly key: Secret} | {readonly kind: 'user'; readonly user: DashboardUser}

/** A token that ends sooner is renewed before it is used. */
const SOON_MS = 60_000

export class DashboardSession {
  readonly #env: NodeJS.ProcessEnv
  readonly #home: string
  readonly #stage: DashboardStage
  readonly #now: () => number
  #attempt: LoginAttempt | undefined

  constructor(env: NodeJS.ProcessEnv, home: string, stage: DashboardStage, now: () => number = Date.now) {
    this.#env = env
    this.#home = home
    this.#stage = stage
    this.#now = now
  }

  /** Reads the environment and the file only. A key comes first, as in Serverless Framework. */
  async signedIn(): Promise<SignedIn | undefined> {
    const key = this.#env['SERVERLESS_ACCESS_KEY'] || this.#env['SERVERLESS_USER_ACCESS_KEY']
    if (key) {
      if (!/^[\x21-\x7e]{1,4096}$/.test(key.trim())) throw new Failure(keyRefused)
      return {kind: 'key', key: new Secret(key.trim())}
    }
    const user = await readDashboardUser(this.#home, this.#stage)
    return user && {kind: 'user', user}
  }

  /** Where a sign-in is kept. */
  async file(): Promise<string> {
    return serverlessRcPath(this.#home, this.#stage)
  }

  /** Begins a new sign-in and returns its page. An earlier one that waits is ended. */
  async begin(context: DashboardContext): Promise<string> {
    this.leave()
    // A file that could not be written afterwards is told before the person goes to the browser.
    await readDashboardUser(this.#home, this.#stage)
    // What speaks to the network is loaded when it is needed: no first screen waits for it.
    const {beginLogin} = await import('./login.js')
    this.#attempt = await beginLogin(context)
    return this.#attempt.url
  }

  /** Waits for the person and keeps the sign-in where Serverless Framework finds it. */
  async finish(context: DashboardContext): Promise<DashboardUser> {
    const attempt = this.#attempt
    if (!attempt) throw new Failure(signedOut)
    try {
      const user = await attempt.finish(context.signal)
      await saveDashboardUser(this.#home, this.#stage, user)
      return user
    } finally {
      this.#attempt = undefined
    }
  }

  leave(): void {
    this.#attempt?.close()
    this.#attempt = undefined
  }

  /**
   * Calls the Dashboard as who is signed in. A token that has ended, or that the Dashboard refuses, is renewed once.
   * @throws Failure DASHBOARD_SIGNED_OUT, DASHBOARD_KEY_REFUSED, or that of the call
   */
  async call<T>(context: DashboardContext, call: (bearer: Secret, who: SignedIn) => Promise<T>): Promise<T> {
    const who = await this.signedIn()
    if (!who) throw new Failure(signedOut)
    if (who.kind === 'key')
      return call(who.key, who).catch((error: unknown) => {
        throw isSignedOut(error) ? new Failure(keyRefused) : error
      })
    const user =
      who.user.tokens.expiresAt > this.#now() + SOON_MS ? who.user : await this.#renew(who.user, context)
    try {
      return await call(user.tokens.idToken, {kind: 'user', user})
    } catch (error) {
      // One that was renewed just now is not renewed again.
      if (!isSignedOut(error) || user !== who.user) throw error
      const renewed = await this.#renew(user, context)
      return call(renewed.tokens.idToken, {kind: 'user', user: renewed})
    }
  }

  async #renew(user: DashboardUser, context: DashboardContext): Promise<DashboardUser> {
    stopInDryRun(say`renew the sign-in to the Serverless Dashboard`)
    const {refreshTokens} = await import('./client.js')
    try {
      const renewed = {...user, tokens: await refreshTokens(user.tokens, context)}
      // A refresh token may be good for one use: the new one is kept at once.
      await saveDashboardUser(this.#home, this.#stage, renewed)
      return renewed
    } catch (error) {
      if (!isRefused(error)) throw error
      // Serverless Framework, or another run, may have had it renewed meanwhile.
      const latest = await readDashboardUser(this.#home, this.#stage)
      if (latest && !latest.tokens.refreshToken.equals(user.tokens.refreshToken)) return latest
      throw new Failure(signedOut)
    }
  }
}

const codeOf = (error: unknown) => (error instanceof Failure ? error.problem.code : '')

function isSignedOut(error: unknown): boolean {
  return codeOf(error) === 'DASHBOARD_SIGNED_OUT'
}

/** The answers to a refresh token that is good no longer. */
function isRefused(error: unknown): boolean {
  return ['DASHBOARD_SIGNED_OUT', 'DASHBOARD_REFUSED', 'DASHBOARD_FORBIDDEN'].includes(codeOf(error))
}
