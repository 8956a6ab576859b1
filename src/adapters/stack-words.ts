/** What CloudFormation says of a stack, asked with the credentials of this machine. */
import type {WorkContext} from '../engine/types.js'
import {say, type SafeText} from '../text/safe-text.js'
import {parseRegion} from '../domain/validators.js'
import {keyInForce} from '../credentials/access-key.js'
import {effective} from '../credentials/effective.js'
import {readSnapshot} from '../credentials/snapshot.js'
import {detailOf} from '../credentials/tools/verdict.js'

/** @throws Failure */
export async function stackWords(
  stack: string,
  regionName: string,
  {env, context}: {readonly env: NodeJS.ProcessEnv; readonly context: WorkContext},
): Promise<readonly SafeText[]> {
  const s = await readSnapshot({env})
  const {outcome} = effective(s)
  const key = keyInForce(s, outcome)
  const region = parseRegion(regionName)
  if (outcome.kind !== 'found' || !key || !region) return [say`There is no access key here to ask AWS with.`]
  const [{networkFrom}, {readStack}] = await Promise.all([
    import('../aws/network.js'),
    import('../aws/stack.js'),
  ])
  const report = await readStack(key, stack, {
    region,
    network: await networkFrom(env),
    signal: context.signal,
  })
  if (!report)
    return [
      say`There is no stack ${stack} in ${region} in the account of ${detailOf(outcome)}.`,
      say`Nobody has clicked "Create stack" yet, or the page was open in another account.`,
    ]
  return [
    say`${stack}: ${report.status}`,
    ...report.failures.map(({resource, reason}) => say`${resource}: ${reason}`),
  ]
}
