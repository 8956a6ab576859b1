/** One run's sign-ins: what was begun, what it came to, and what of it is kept on disk. */
import type {SignedIn, SignIn, SignInRequest} from '../../flows/sso/ports.js'
import type {BrowserAttempt, DeviceAttempt, SsoContext} from '../aws/sso-types.js'
import {isDryRun, stopInDryRun} from '../domain/dry-run.js'
import {duration, validity} from '../text/time.js'
import type {OpenPageResult} from './browser.js'
import {Failure} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {SsoRegistration, SsoSession, SsoToken} from '../domain/sso.js'
import {shownPath} from '../files/shown-path.js'

interface Snapshot {
  readonly home: string
  /** Milliseconds since 1970. */
  now(): number
  openPage(url: string): Promise<OpenPageResult>
}

/** A token that ends sooner than this is renewed first, in milliseconds. The SDK for JavaScript waits as long. */
const SOON_MS = 5 * 60_000

type Attempt = (DeviceAttempt | BrowserAttempt) & {readonly registration: SsoRegistration}

/** Tokens never leave this room but to disk and to AWS. */
export class SignIns {
  readonly #surroundings: Snapshot
  /** Signed in during this run, not necessarily kept yet. By name of the session, as all of these. */
  readonly #tokens = new Map<string, SsoToken>()
  readonly #registrations = new Map<string, SsoRegistration>()
  readonly #attempts = new Map<string, Attempt>()
  /** Whose kept registration AWS no longer knows. */
  readonly #forgotten = new Set<string>()

  constructor(surroundings: Snapshot) {
    this.#surroundings = surroundings
  }

  /** The token of this run or of the cache, also one that has expired. */
  async token(session: SsoSession): Promise<SsoToken | undefined> {
    const {readToken} = await import('../aws-files/sso-cache.js')
    return this.#tokens.get(session.name) ?? (await readToken(this.#surroundings.home, session))
  }

  /** A session that is still good is used; else a sign-in is begun and its page opened. */
  async begin(request: SignInRequest, sso: SsoContext): Promise<SignIn> {
    const {session, way, isForced = false} = request
    const token = isForced ? undefined : await this.goodToken(session, sso)
    if (token) return {kind: 'signed-in', until: this.#until(token)}
    // A session at AWS would stay behind.
    stopInDryRun(say`sign in to AWS SSO (the session ${session.name}) in the browser`)
    const kept = await this.#keptRegistration(session, way)
    try {
      return await this.#beginWith(request, kept ?? (await register(session, way, sso)), sso)
    } catch (error) {
      // AWS may have forgotten what is kept here for weeks.
      if (!kept || !isGone(error)) throw error
      return this.#beginWith(request, await register(session, way, sso), sso)
    }
  }

  /** Waits for the person to finish what was begun. */
  async finish(session: SsoSession, sso: SsoContext): Promise<SignedIn> {
    const attempt = this.#attempts.get(session.name)
    if (!attempt) throw new Error('No sign-in was begun.')
    const {awaitDevice} = await import('../aws/sso-device.js')
    const waited =
      attempt.kind === 'browser'
        ? attempt.finish(sso)
        : awaitDevice(session, attempt.registration, attempt, sso)
    const token = await waited.catch((error: unknown) => {
      if (isGone(error)) this.#forgotten.add(session.name)
      throw error
    })
    this.#attempts.delete(session.name)
    this.#tokens.set(session.name, token)
    this.#registrations.set(session.name, attempt.registration)
    return {until: this.#until(token)}
  }

  /** Writes the token and the registration of this run into the cache. Tells where the token is. */
  async keep(session: SsoSession): Promise<SafeText> {
    const {tokenPath, writeRegistration, writeToken} = await import('../aws-files/sso-cache.js')
    const {home} = this.#surroundings
    if (isDryRun()) return shownPath(tokenPath(home, session), home)
    const [token, registration] = [this.#tokens.get(session.name), this.#registrations.get(session.name)]
    if (registration) await writeRegistration(home, session, registration)
    if (token) await writeToken(home, session, token)
    return shownPath(tokenPath(home, session), home)
  }

  /** Ends the session at AWS and deletes its token here. False where AWS could not be told. */
  async end(session: SsoSession, sso: SsoContext): Promise<boolean> {
    const [{signOut}, {deleteToken}] = await Promise.all([
      import('../aws/sso-portal.js'),
      import('../aws-files/sso-cache.js'),
    ])
    const token = await this.token(session)
    // AWS may not be reached: the token here goes in any case.
    const isTold = token
      ? await signOut(token, sso).then(
          () => true,
          () => false,
        )
      : true
    await deleteToken(this.#surroundings.home, session)
    this.#tokens.delete(session.name)
    return isTold
  }

  /** A session that is here already: valid as it is, or renewed without a browser. */
  async goodToken(session: SsoSession, sso: SsoContext): Promise<SsoToken | undefined> {
    const token = await this.token(session)
    if (!token) return undefined
    if (this.#isValid(token)) return token
    if (!token.refreshToken) return undefined
    stopInDryRun(say`renew the sign-in to AWS SSO (the session ${session.name})`)
    const {readToken, withTokenLock, writeToken} = await import('../aws-files/sso-cache.js')
    const {refresh} = await import('../aws/sso-oidc.js')
    const renew = async () => {
      // Another run may have had it renewed meanwhile.
      const latest = (await readToken(this.#surroundings.home, session)) ?? token
      if (this.#isValid(latest)) return latest
      const renewed = await refresh(latest, sso)
      // A refresh token may be good for one use: the new one is kept at once.
      await writeToken(this.#surroundings.home, session, renewed)
      this.#tokens.set(session.name, renewed)
      return renewed
    }
    try {
      return await withTokenLock(this.#surroundings.home, session, renew, sso.signal)
    } catch (error) {
      const isOver = error instanceof Failure && error.problem.code === 'SSO_SESSION_EXPIRED'
      if (isOver) return undefined
      throw error
    }
  }

  async #beginWith(
    {session, way}: SignInRequest,
    registration: SsoRegistration,
    sso: SsoContext,
  ): Promise<SignIn> {
    await this.#leaveAttempt(session)
    if (way === 'browser') {
      const {startBrowser} = await import('../aws/sso-browser.js')
      const attempt = await startBrowser(session, registration, sso)
      this.#attempts.set(session.name, {...attempt, registration})
      return {
        kind: 'waiting',
        way,
        page: attempt.url,
        opened: openedWords(await this.#surroundings.openPage(attempt.url)),
        lasts: duration(attempt.expiresAt - this.#surroundings.now()),
      }
    }
    const {startDevice} = await import('../aws/sso-device.js')
    const attempt = await startDevice(session, registration, sso)
    this.#attempts.set(session.name, {...attempt, registration})
    return {
      kind: 'waiting',
      way,
      page: attempt.verificationUriComplete,
      shortPage: attempt.verificationUri,
      code: attempt.userCode,
      opened: openedWords(await this.#surroundings.openPage(attempt.verificationUriComplete)),
      lasts: duration(attempt.expiresAt - this.#surroundings.now()),
    }
  }

  async #keptRegistration(
    session: SsoSession,
    way: SignInRequest['way'],
  ): Promise<SsoRegistration | undefined> {
    if (this.#forgotten.has(session.name)) return undefined
    const {readRegistration} = await import('../aws-files/sso-cache.js')
    const kept = await readRegistration(this.#surroundings.home, session, way)
    return kept && kept.expiresAt > this.#surroundings.now() + SOON_MS ? kept : undefined
  }

  /** A listener that waits for an earlier page must not take its answer for this one. */
  async #leaveAttempt({name}: SsoSession): Promise<void> {
    const earlier = this.#attempts.get(name)
    this.#attempts.delete(name)
    if (earlier?.kind === 'browser') await earlier.close()
  }

  #isValid({expiresAt}: SsoToken): boolean {
    return expiresAt > this.#surroundings.now() + SOON_MS
  }

  #until({expiresAt}: SsoToken): SafeText {
    return say`valid ${validity(expiresAt, this.#surroundings.now())}`
  }
}

async function register(
  session: SsoSession,
  way: SignInRequest['way'],
  sso: SsoContext,
): Promise<SsoRegistration> {
  const {register: asNew} = await import('../aws/sso-oidc.js')
  return asNew(session, way, sso)
}

function isGone(error: unknown): boolean {
  return error instanceof Failure && error.problem.code === 'SSO_REGISTRATION_GONE'
}

function openedWords({opened, reason}: OpenPageResult): SafeText {
  return opened ? say`The page was opened in your browser.` : say`Open the page yourself. ${reason ?? ''}`
}
