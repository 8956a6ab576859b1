/** What CloudFormation says of a stack, asked with the credentials of this machine. */
import type {WorkContext} from '../engine/types.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {parseRegion} from '../safety/validators.js'
import type {AwsFiles} from '../store/locations.js'
import {surveyProfiles} from '../store/profiles.js'
import {keysInForce} from './in-force.js'

/** @throws Failure */
export async function stackWords(
  stack: string,
  regionName: string,
  {
    env,
    files,
    context,
  }: {readonly env: NodeJS.ProcessEnv; readonly files: AwsFiles; readonly context: WorkContext},
): Promise<readonly SafeText[]> {
  const found = await keysInForce(env, files, await surveyProfiles(files))
  const region = parseRegion(regionName)
  if (!found?.key || !region) return [say`There is no access key here to ask AWS with.`]
  const [{networkFrom}, {readStack}] = await Promise.all([
    import('../aws/network.js'),
    import('../aws/stack.js'),
  ])
  const report = await readStack(found.key, stack, {
    region,
    network: await networkFrom(env),
    signal: context.signal,
  })
  if (!report)
    return [
      say`There is no stack ${stack} in ${region} in the account of ${found.source}.`,
      say`Nobody has clicked "Create stack" yet, or the page was open in another account.`,
    ]
  return [
    say`${stack}: ${report.status}`,
    ...report.failures.map(({resource, reason}) => say`${resource}: ${reason}`),
  ]
}
