import type {InForce, Survey} from '../../flows/welcome/ports.js'
import {safe, type SafeText} from '../safety/safe-text.js'
import {findServiceFile} from '../service/find-file.js'
import {findService} from '../service/program.js'
import {cleanLeftovers} from '../store/leftovers.js'
import {awsFiles} from '../store/locations.js'
import {surveyProfiles} from '../store/profiles.js'
import {readSettings} from '../store/settings.js'
import {fileProblem, keysInForce, knownProfiles, type KeysInForce} from './in-force.js'

/** What is on this machine, for the first screen. @param folder of the service, as `--service` gives it */
export async function survey(env: NodeJS.ProcessEnv, folder: string | undefined): Promise<Survey> {
  const files = awsFiles(env)
  // What a crash of ours may have left is taken away first; that it cannot be is no reason to stop.
  await cleanLeftovers(files).catch(() => [])
  const surveyed = await surveyProfiles(files)
  const [found, service, network, settings] = await Promise.all([
    keysInForce(env, files, surveyed),
    findService(folder, env),
    networkNotes(env),
    readSettings(env),
  ])
  const problem = fileProblem(surveyed, files)
  return {
    profiles: knownProfiles(surveyed, files),
    canDeploy: service !== undefined,
    hasService: /\.(?:ya?ml|json)$/.test(findServiceFile(folder ?? '.') ?? ''),
    network,
    ...(problem ? {problem} : {}),
    ...(settings.lastRegion ? {lastRegion: settings.lastRegion} : {}),
    ...(found ? {inForce: inForceOf(found)} : {}),
  }
}

function inForceOf({source, profile, problem, key}: KeysInForce): InForce {
  return {
    source,
    canCheck: key !== undefined,
    ...(profile === undefined ? {} : {profile}),
    ...(problem ? {problem} : {}),
  }
}

/** What stands between this machine and AWS, in words; a fault in it is told when AWS is asked. */
async function networkNotes(env: NodeJS.ProcessEnv): Promise<readonly SafeText[]> {
  const isPlain = !Object.keys(env).some((name) =>
    /^AWS_ENDPOINT_URL|^AWS_USE_\w+_ENDPOINT$|proxy$|^AWS_CA_BUNDLE$/i.test(name),
  )
  if (isPlain) return []
  const {networkFrom, describeNetwork} = await import('../aws/network.js')
  try {
    return describeNetwork(await networkFrom(env))
  } catch (error) {
    return [safe(error instanceof Error ? error.message : error)]
  }
}
