/** What to run next where several services are deployed together, and do not come to the same credentials. */
import {join, resolve} from 'node:path'
import {effective} from '../credentials/effective.js'
import type {Snapshot} from '../credentials/snapshot.js'
import {detailOf, list} from '../credentials/tools/verdict.js'
import {wayTo} from '../text/program-name.js'
import {say} from '../text/safe-text.js'
import {atStop, beforeAll} from './before-deploy.js'
import {resolversCommand} from './commands.js'
import {deployLine} from '../text/deploy-line.js'
import type {Folder} from './folder.js'
import type {ServiceHere} from './here.js'
import type {Chosen, NextStep} from '../domain/next-step.js'
import {stopOf} from './stops.js'

/** An option would be for all of them. */
export async function ofSeveral(s: Snapshot, given: Chosen, here: Folder): Promise<NextStep> {
  const stop = stopOf(here)
  if (stop) return atStop(stop)
  const {lines, remarks, program: by} = await beforeAll(s, given.folder)
  const ends = await Promise.all(here.services.map(endOfService))
  const {profile} = given
  const isUsed = profile === undefined || ends.some((end) => end.profile === profile)
  const own = say`They are deployed together: ${list(ends.map(({path, words, region}) => say`${wayTo(path)} with ${words}, to ${region}`))}.`
  const none = say`So far none of the services here uses the profile ${profile ?? ''}: name it in the file of the one that is to use it.`
  return {
    notes: isUsed ? [own] : [none, own],
    remarks,
    lines: isUsed
      ? [...lines, deployLine(['deploy'], given.shell, by)]
      : [resolversCommand(join(resolve(given.folder ?? '.'), 'serverless.yml'), 'edit')],
    ...(isUsed ? {args: ['deploy']} : {}),
  }
}

async function endOfService({run, asked, report, path}: ServiceHere) {
  const deploys = report.verdicts[0]?.deploys
  const {outcome, verdict} = effective(run, asked)
  const region = deploys?.region.value ?? say`its own region`
  if (asked && outcome.kind === 'found')
    return {path, words: detailOf(outcome), profile: verdict.profile, region}
  const {whatDeploys} = await import('./report/describe.js')
  const words = deploys ? whatDeploys(deploys) : say`what it says`
  return {path, words, profile: deploys?.profileName, region}
}
