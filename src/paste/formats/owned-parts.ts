/** Keys whose parts have names, owner by owner: which of them belong together. */
import {grouped, type Group, type Part} from './grouped.js'
import type {RawField, RawKey} from './raw-key.js'

export const KEY_PARTS = ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const

export function isKeyPart(field: RawField): boolean {
  return field === 'accessKeyId' || field === 'secretAccessKey' || field === 'sessionToken'
}

export interface Groups {
  readonly byId: ReadonlyMap<string, Group>
  readonly secrets: ReadonlySet<string>
}

const KINDS = {accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token'} as const

export function noted(parts: Map<string, Part[]>, of: string, field: RawField, value: string): void {
  const own = parts.get(of) ?? []
  parts.set(of, own)
  if (isKeyPart(field)) own.push({kind: KINDS[field as keyof typeof KINDS], value})
}

/** Of owners with more than one ID or secret: what belongs together, or nothing where that cannot be told. */
export function groupsOf(parts: ReadonlyMap<string, readonly Part[]>): ReadonlyMap<string, Groups> {
  const isOneKey = (own: readonly Part[]) =>
    (['id', 'secret', 'token'] as const).every(
      (kind) => new Set(own.flatMap((each) => (each.kind === kind ? [each.value] : []))).size < 2,
    )
  return new Map(
    [...parts].flatMap(([of, own]) => {
      const ids = own.filter(({kind}) => kind === 'id')
      // A second secret behind the first is told as left out.
      if (isOneKey(own) || (new Set(ids.map(({value}) => value)).size < 2 && own[0]?.kind === 'id')) return []
      const found = grouped(own) ?? []
      const secrets = new Set(found.flatMap(({secret}) => secret ?? []))
      return [[of, {byId: new Map(found.map((each) => [each.id, each])), secrets}] as const]
    }),
  )
}

/** With what the order of all of them says, in place of what stood nearest. */
export function regrouped(key: RawKey, groups: Groups): RawKey {
  const {secretAccessKey: _secret, sessionToken: _token, ...rest} = key
  const group = groups.byId.get(key.accessKeyId ?? '')
  // A secret of its own that is no part of a group stays one that is left out.
  if (key.accessKeyId === undefined && !groups.secrets.has(key.secretAccessKey ?? '')) return key
  return {
    ...rest,
    ...(group?.secret === undefined ? {} : {secretAccessKey: group.secret}),
    ...(group?.token === undefined ? {} : {sessionToken: group.token}),
  }
}
