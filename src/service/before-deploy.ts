/** What comes before a deploy: its folder, what has to be installed, and where it is known to stop. */
import {relative, resolve} from 'node:path'
import type {Snapshot} from '../credentials/snapshot.js'
import {currentFolder} from '../text/program-name.js'
import {say} from '../text/safe-text.js'
import {word} from '../text/shell.js'
import {resolversCommand} from './commands.js'
import {isSignedIn} from './here.js'
import type {NextStep} from '../domain/next-step.js'
import {findOnPath, findProgram, isProgram, packagesOf} from './program.js'
import type {Stop} from './stops.js'

export function atStop({path, why, isOneOfSeveral}: Stop): NextStep {
  const at = isOneOfSeveral
    ? say`services here would stop at ${relative(currentFolder() ?? '.', path)}`
    : say`service here would stop`
  return {notes: [say`A deploy of the ${at}: ${why}`], remarks: [], lines: [resolversCommand(path)]}
}

export interface Before extends Pick<NextStep, 'remarks' | 'lines'> {
  /** What runs Serverless Framework here. */
  readonly program: readonly string[]
}

/** What a deploy needs first: its folder, packages that are named but not there, the Framework, and to know whose it is. */
export async function beforeAll(s: Snapshot, folder: string | undefined): Promise<Before> {
  const {env, isWindows} = s
  const machine = {env, platform: isWindows ? ('win32' as const) : process.platform, isProgram}
  const dir = resolve(folder ?? '.')
  const [found, onPath, packages, isIn] = await Promise.all([
    findProgram(dir, machine),
    findOnPath(machine),
    packagesOf(dir),
    isSignedIn(s),
  ])
  const way = relative(currentFolder() ?? dir, dir)
  // A shell knows those of its PATH alone; npx runs that of the service, once it is installed.
  const isOwn = onPath === undefined && (found !== undefined || packages.haveFramework)
  return {
    program: isOwn ? ['npx', 'serverless'] : ['serverless'],
    lines: [
      ...(way === '' ? [] : [say`cd ${word(way)}`]),
      ...(packages.areMissing ? [say`npm install`] : []),
      ...(isOwn || onPath ? [] : [say`npm install --global serverless`]),
    ],
    remarks:
      Boolean(env['SERVERLESS_LICENSE_KEY']) || isIn
        ? []
        : [say`Serverless Framework asks you to sign in, or for a license key, before its first deploy.`],
  }
}
