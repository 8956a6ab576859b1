/** Which profiles matter now: those that a tool takes, and those that they take their first credentials from. */
import type {Context} from './context.js'

const cache = new WeakMap<Context, ReadonlySet<string>>()

export function isInForce(context: Context, profile: string): boolean {
  let names = cache.get(context)
  if (!names) {
    names = withSources(context)
    cache.set(context, names)
  }
  return names.has(profile)
}

function withSources({s, profile, tools}: Context): ReadonlySet<string> {
  const names = new Set([profile.name])
  for (const tool of tools) if (tool.profile !== undefined) names.add(tool.profile)
  for (const name of names) {
    const source = s.javascript.profiles.get(name)?.get('source_profile')
    if (source !== undefined) names.add(source)
  }
  return names
}
