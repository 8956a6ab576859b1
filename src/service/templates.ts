/** Services to begin with. Each is a folder that is shipped with this program and copied with the name put in. */
import {lstat, readdir, readFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {Failure} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {program} from '../text/program-name.js'
import {diffOf} from '../files/diff.js'
import {journalAt} from '../files/journal.js'
import type {Plan, PlannedFile} from '../files/plan.js'
import {resolveTarget} from '../files/resolve.js'
import {errorCode} from '../files/trouble.js'
import {parseText} from './document.js'
import {setNames} from './change/set.js'
import {checkServiceName} from '../domain/names.js'
import {SERVICE_FILES} from './find-file.js'
import {DEFAULT_SERVICE_NAME, type Template} from './template-list.js'
import {newFolder} from '../text/shell-lines.js'

export {DEFAULT_SERVICE_NAME, TEMPLATES, type Template} from './template-list.js'

/**
 * The files of a new service in `dir`, which need not be there yet, in the order in which they are written: the one that
 * makes it a service comes last. Writes nothing. `shelf` is the folder `templates` of this package. Throws a `Failure`: SERVICE_NAME_REFUSED, SERVICE_EXISTS where a file of a service or one of these
 * stands there already.
 */
export async function planService(
  dir: string,
  {id}: Template,
  name: string,
  {shelf, journal}: {readonly shelf: string; readonly journal?: string | undefined},
): Promise<Plan> {
  const complaint = checkServiceName(name)
  if (complaint) throw nameRefused(complaint.what, complaint.example)
  const from = join(shelf, id)
  const names = (await readdir(from)).sort(serviceFileLast)
  const folder = resolve(dir)
  // npm takes a file called .gitignore out of a package, so that it is shipped without its dot.
  const targets = names.map((each) => join(folder, each === 'gitignore' ? '.gitignore' : each))
  await refuseExisting([...SERVICE_FILES.map((each) => join(folder, each)), ...targets], journal)
  const files = names.map(async (each, index) => {
    const text = withName(await readFile(join(from, each), 'utf8'), each, name.trim())
    return newFile(targets[index]!, text)
  })
  return {
    profile: '',
    purpose: 'change',
    files: await Promise.all(files),
    nothingToDo: false,
    warnings: [],
    ...(journal === undefined ? {} : {journal}),
  }
}

/** A source, which others may read as far as the person's umask lets them. */
async function newFile(path: string, text: string): Promise<PlannedFile> {
  const [before, after] = [new Uint8Array(), Buffer.from(text)]
  return {
    path,
    realPath: await resolveTarget(path),
    role: 'service',
    exists: false,
    willCreateDir: true,
    isDeleted: false,
    before,
    after,
    mode: 0o666 & ~process.umask(),
    diff: isWorthReading(path)
      ? diffOf(before, after)
      : [{sign: '+', text: say`… ${text.split('\n').length - 1} lines`}],
  }
}

/** Before it is made; of the others it is enough to know that they come. */
function isWorthReading(path: string): boolean {
  return /(?:serverless\.yml|handler\.(?:js|py))$/.test(path)
}

/** The name stands in `serverless.yml`, where some names need quotes, in `package.json`, and in what is to be read. */
function withName(text: string, file: string, name: string): string {
  if (file === 'serverless.yml') return setNames(parseText(text, 'yml', file), {service: name}).text
  // npm knows small letters only.
  return text.replaceAll(DEFAULT_SERVICE_NAME, file === 'package.json' ? name.toLowerCase() : name)
}

function serviceFileLast(one: string, other: string): number {
  const rank = (name: string) => (name === 'serverless.yml' ? 1 : 0)
  return rank(one) - rank(other) || (one < other ? -1 : 1)
}

async function refuseExisting(paths: readonly string[], journal: string | undefined): Promise<void> {
  for (const path of paths) {
    // A link that leads nowhere is there as well.
    const isThere = await lstat(path).then(
      () => true,
      (error: unknown) => !['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? ''),
    )
    if (isThere) throw exists(path, await wasMadeHere(path, journal))
  }
}

/** By a run that was ended before the service was whole, or by one that came to its end: either can be taken back. */
async function wasMadeHere(path: string, journal: string | undefined): Promise<boolean> {
  if (journal === undefined) return false
  const [newest] = await journalAt(journal).read()
  return (
    newest?.entry?.writes.flat().some((each) => [each.path, each.realPath].includes(path) && !each.existed) ??
    false
  )
}

function exists(path: string, isOurs: boolean): Failure {
  return new Failure({
    code: 'SERVICE_EXISTS',
    what: say`${path} is there already. Nothing was changed.`,
    why: isOurs
      ? say`The last run of this program made it, and a new service never overwrites a file.`
      : say`A new service never overwrites a file.`,
    nextSteps: [
      ...(isOurs ? [say`Take that back, then try again: \`${program()} undo\``] : []),
      say`Begin in an empty folder: \`${newFolder(DEFAULT_SERVICE_NAME)}\``,
    ],
  })
}

function nameRefused(what: SafeText, example: SafeText | undefined): Failure {
  return new Failure({
    code: 'SERVICE_NAME_REFUSED',
    what: say`A service cannot have this name. Nothing was changed.`,
    why: what,
    nextSteps: [say`Take a name such as ${example ?? DEFAULT_SERVICE_NAME}.`],
  })
}
