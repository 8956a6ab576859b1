/** Regions that tools take from different places, or that are no regions. */
import {setInConfig} from './by-hand.js'
import {say, type SafeText} from '../../text/safe-text.js'
import {nameFault} from '../../credentials/judge-region.js'
import {checkRegion} from '../../domain/validators.js'
import {placeOfKey} from '../../credentials/places.js'
import type {Finding} from '../types.js'
import type {Context, Rule} from './context.js'
import {setVariable} from '../../text/shell.js'

export const regionRules: readonly Rule[] = [ignored, differing, missing, malformed]

/** Serverless Framework falls to us-east-1, though a region is set where other tools look. */
function ignored({s, profile, tools}: Context): readonly Finding[] {
  const [serverless] = tools
  if (serverless?.region?.from !== 'its own default') return []
  const ofProfile = s.javascript.profiles.get(profile.name)?.get('region')
  const ofVariable = s.env['AWS_DEFAULT_REGION']
  const [name, from] = ofVariable
    ? [ofVariable, say`AWS_DEFAULT_REGION`]
    : [ofProfile, placeOfKey(s, profile.name, ['region'])]
  // One that does not exist is told as that, and not spread.
  if (!name || name === serverless.region.name || checkRegion(name)) return []
  return [
    {
      code: 'REGION_IGNORED',
      severity: 'warning',
      what: say`Serverless Framework does not read the region ${name} there and deploys to us-east-1, unless serverless.yml names a region.`,
      ...(from ? {where: from} : {}),
      fix: say`\`${setVariable('AWS_REGION', name)}\`, or set provider.region in serverless.yml`,
    },
  ]
}

function differing({s, tools}: Context): readonly Finding[] {
  const [one, other] = [s.env['AWS_REGION'], s.env['AWS_DEFAULT_REGION']]
  if (one && other && one !== other && !checkRegion(one))
    return [
      {
        code: 'REGION_VARIABLES_DIFFER',
        severity: 'warning',
        what: say`AWS_REGION=${one} and AWS_DEFAULT_REGION=${other}: AWS CLI 1 and Python tools go to the second, AWS CLI 2 and the AWS SDK for JavaScript to the first.`,
        where: say`AWS_DEFAULT_REGION`,
        fix: say`\`${setVariable('AWS_DEFAULT_REGION', one)}\``,
      },
    ]
  const serverless = tools.find(({id}) => id === 'serverless')?.region
  const cli = tools.find(({id}) => id === 'cli2')?.region
  const isOwn = serverless?.from === 'its own default'
  if (!serverless || !cli || isOwn || serverless.name === cli.name) return []
  return [
    {
      code: 'REGION_DIFFERS',
      severity: 'note',
      what: say`Serverless Framework goes to ${serverless.name} (${serverless.from}), AWS CLI 2 to ${cli.name} (${cli.from}).`,
    },
  ]
}

function missing({s, tools, asked}: Context): readonly Finding[] {
  const without = tools.filter(({region, id}) => region === undefined && id !== 'serverless')
  const hasWinner = tools.some(({winner}) => winner !== undefined)
  if (without.length < 3 || !hasWinner || asked.region || s.env['AWS_REGION']) return []
  const own = tools.find(({id}) => id === 'serverless')?.region?.name ?? 'us-east-1'
  const profile = (asked.isForAll ? asked.profile : undefined) ?? (s.env['AWS_PROFILE'] || 'default')
  // A profile that is not there has to be named otherwise first, and a region by a variable is not known here.
  if (own.includes('${') || checkRegion(own) || (profile !== 'default' && !s.botocore.profiles.has(profile)))
    return []
  return [
    {
      code: 'NO_REGION',
      severity: 'note',
      what: say`No region is set: the AWS CLI and SDKs ask for one, Serverless Framework goes to ${own}.`,
      fix: setInConfig(s, 'region', own, profile),
    },
  ]
}

function malformed({s, profile, asked}: Context): readonly Finding[] {
  const places: readonly (readonly [string | undefined, SafeText | undefined])[] = [
    [asked.region, say`--region`],
    [
      asked.serviceRegion?.name.includes('${') ? undefined : asked.serviceRegion?.name,
      asked.serviceRegion?.from,
    ],
    [s.env['AWS_REGION'], say`AWS_REGION`],
    [s.env['AWS_DEFAULT_REGION'], say`AWS_DEFAULT_REGION`],
    [s.javascript.profiles.get(profile.name)?.get('region'), placeOfKey(s, profile.name, ['region'])],
  ]
  return places.flatMap(([name, where], index): readonly Finding[] => {
    const isTold = places.slice(0, index).some(([each, from]) => each === name && from === where)
    const fault = name && !isTold ? nameFault(name) : undefined
    if (!fault) return []
    const {text, complaint, example: right} = fault
    const isVariable = where?.startsWith('AWS_') === true
    return [
      {
        code: 'REGION_UNKNOWN',
        severity: 'error',
        what: complaint
          ? say`The region "${name}" does not exist. ${complaint.what}`
          : say`A blank or a line end stands around the region "${text}": tools take it for a part of the name, and find no such host.`,
        ...(where ? {where} : {}),
        ...(right === undefined
          ? {}
          : {fix: isVariable ? say`\`${setVariable(where, right)}\`` : say`Write ${right}.`}),
      },
    ]
  })
}
