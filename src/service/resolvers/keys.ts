/** The keys a resolver holds, as they may be shown. */
import {isShapedLikeAccessKeyId} from '../../domain/key-validators.js'
import {maskKeyId} from '../../text/mask.js'
import {say, type SafeText} from '../../text/safe-text.js'
import type {Secret} from '../../text/secret.js'
import type {KeyModel, ResolverModel} from './model.js'
import {accessKey} from '../../credentials/access-key.js'
import {keyFault, type KeyFault, type KeyParts} from '../../credentials/judge-key.js'
import type {AccessKey} from '../../domain/access-key.js'
import {shownVariable} from './variables.js'
import type {World} from './world.js'

/** Both halves, or neither, or one. */
export function keysOf(resolver: ResolverModel): 'both' | 'none' | 'half' {
  const has = [resolver.accessKeyId, resolver.secretAccessKey].filter(Boolean).length
  return has === 2 ? 'both' : has === 0 ? 'none' : 'half'
}

/** Why AWS will refuse the key of a resolver, as far as its parts are known here. */
export function faultOf(resolver: ResolverModel, {env}: Pick<World, 'env'>): KeyFault | undefined {
  const parts = partsOf(resolver)
  return parts && keyFault(parts, {env, now: 0})
}

/** The key itself, where all of it is known here. */
export function accessKeyOf(resolver: ResolverModel): AccessKey | undefined {
  const parts = partsOf(resolver)
  return parts && accessKey(parts)
}

/** Of a key of which a part is not known, such as its token, nothing can be said. */
function partsOf({accessKeyId, secretAccessKey, sessionToken}: ResolverModel): KeyParts | undefined {
  const known = (key: KeyModel | undefined) => (key?.kind === 'literal' ? key.secret : key?.value)?.reveal()
  const [id, secret, token] = [accessKeyId, secretAccessKey, sessionToken].map(known)
  if (id === undefined || secret === undefined || (sessionToken && token === undefined)) return undefined
  return {id, secret, token}
}

/** The variable the key comes from, or the id with its middle masked; `undefined` where the resolver has none. */
export function shownKeys(resolver: ResolverModel, secrets: readonly Secret[]): SafeText | undefined {
  const {accessKeyId, secretAccessKey} = resolver
  if (accessKeyId) return shownId(accessKeyId, secrets)
  if (!secretAccessKey) return undefined
  return secretAccessKey.kind === 'variable'
    ? shownVariable(secretAccessKey.text, secrets)
    : say`a secret without its key ID`
}

function shownId(key: KeyModel, secrets: readonly Secret[]): SafeText {
  if (key.kind === 'variable') return shownVariable(key.text, secrets)
  const id = key.secret.reveal()
  // What is no key id may be the secret, put into the wrong line.
  return isShapedLikeAccessKeyId(id) ? maskKeyId(id) : say`a key ID in the file`
}
