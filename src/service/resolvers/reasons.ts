/** Why credentials are what they are, where another than the file has a say: the Dashboard, the machine, the chain of AWS. */
import {say} from '../../text/safe-text.js'
import type {Reason} from './credentials.js'
import type {ResolverModel, ServiceModel} from './model.js'
import {isVariable} from './variables.js'
import {dashboardAnswers, isInDashboard, type World} from './world.js'

export function byDashboard(
  model: ServiceModel,
  world: World,
  resolver?: ResolverModel,
): {
  readonly wins: boolean
  readonly may?: {readonly mayBeDashboard: true}
  readonly reasons: readonly Reason[]
} {
  const answers = dashboardAnswers(model, world)
  const line = model.org && {line: model.org.line}
  if (answers === 'no') return {wins: false, reasons: []}
  if (resolver?.dashboard?.value === false)
    return {
      wins: false,
      reasons: [
        {
          text: say`dashboard: false: a Provider of the Dashboard is not used.`,
          line: resolver.dashboard.line,
        },
      ],
    }
  const off = resolver?.dashboardText
  const may = isInDashboard(world) === true ? {may: {mayBeDashboard: true} as const} : {}
  if (off && isVariable(off.value))
    return {
      wins: false,
      ...may,
      reasons: [
        {text: say`Unless dashboard comes out as false, a Provider of the Dashboard wins.`, line: off.line},
      ],
    }
  if (answers === 'maybe')
    return {
      wins: false,
      ...may,
      reasons: [
        {
          text: say`org and app are set: if the Dashboard has a Provider for this service, that wins.`,
          ...line,
        },
      ],
    }
  return {
    wins: true,
    reasons: [
      {
        text: say`org and app are set and you are signed in: the Provider of the Dashboard wins over keys and profiles.`,
        ...line,
      },
    ],
  }
}

export function profileReasons(world: World, name: string): readonly Reason[] {
  if (isVariable(name) || !world.profiles) return []
  const known = world.profiles.get(name)
  if (!known) return [{text: say`There is no such profile on this machine.`}]
  const note = known.note ? say` ${known.note}` : say``
  if (known.state === 'expired') return [{text: say`The keys of this profile have expired.${note}`}]
  if (known.state === 'broken') return [{text: say`This profile does not work.${note}`}]
  return known.state === 'good' ? [{text: say`This profile works.${note}`}] : []
}

export function chainReasons({env}: World): readonly Reason[] {
  const begin = say`The standard chain of AWS decides`
  if (env['AWS_PROFILE'])
    return [
      {
        text: say`${begin}: AWS_PROFILE is ${env['AWS_PROFILE']}, so that profile is used, even before keys in the environment.`,
      },
    ]
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY'])
    return [{text: say`${begin}: keys are set in the environment, so these are used.`}]
  return [{text: say`${begin}: keys in the environment, the profile default, then the role of the machine.`}]
}
