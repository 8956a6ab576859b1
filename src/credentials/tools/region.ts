/** The region each tool would ask, and what it is taken from. */
import {say} from '../../text/safe-text.js'
import {placeOfKey} from '../places.js'
import type {Snapshot} from '../snapshot.js'
import type {Asked, RegionChoice, ToolId} from '../types.js'

/** Absent where the tool knows none and asks for one. */
export function regionOf(tool: ToolId, s: Snapshot, profile: string, asked: Asked): RegionChoice | undefined {
  const {env} = s
  const ofVariable = (name: string): RegionChoice | undefined =>
    env[name] ? {name: env[name], from: say`${name}`} : undefined
  const ofOption = asked.region ? {name: asked.region, from: say`the option --region`} : undefined
  switch (tool) {
    case 'serverless':
      return (
        asked.serviceRegion ??
        ofOption ??
        ofVariable('AWS_REGION') ?? {name: 'us-east-1', from: say`its own default`}
      )
    case 'javascript':
      // Set and empty is taken as it is, and refused later.
      return env['AWS_REGION'] === ''
        ? undefined
        : (ofVariable('AWS_REGION') ??
            ofProfile(s, s.javascript.profiles.get(profile)?.get('region'), profile))
    case 'cli':
      return ofOption ?? ofVariable('AWS_DEFAULT_REGION') ?? ofBotocore(s, profile, ['AWS_DEFAULT_REGION'])
    case 'cli2':
      return (
        ofOption ??
        (env['AWS_REGION'] === undefined ? ofVariable('AWS_DEFAULT_REGION') : ofVariable('AWS_REGION')) ??
        ofBotocore(s, profile, ['AWS_REGION', 'AWS_DEFAULT_REGION'])
      )
  }
}

function ofBotocore(s: Snapshot, profile: string, variables: readonly string[]): RegionChoice | undefined {
  if (variables.some((name) => s.env[name] === '')) return undefined
  return ofProfile(s, s.botocore.profiles.get(profile)?.get('region'), profile)
}

function ofProfile(s: Snapshot, name: string | undefined, profile: string): RegionChoice | undefined {
  if (!name) return undefined
  return {name, from: placeOfKey(s, profile, ['region']) ?? say`the profile ${profile}`}
}
