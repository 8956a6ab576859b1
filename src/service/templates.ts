/** Services to begin with. Each is a folder that is shipped with this program and copied with the name put in. */
import {lstat, mkdir, open, readdir, readFile, rmdir, unlink} from 'node:fs/promises'
import {dirname, join, resolve} from 'node:path'
import {Failure} from '../safety/problem.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {folderFailure, errorCode} from '../store/trouble.js'
import {parseText} from './document.js'
import {setNames} from './change/set.js'
import {checkServiceName} from './names.js'
import {SERVICE_FILES} from './find-file.js'
import {DEFAULT_SERVICE_NAME, type Template} from './template-list.js'
import {newFolder} from '../safety/shell-lines.js'

export {DEFAULT_SERVICE_NAME, TEMPLATES, type Template} from './template-list.js'

export interface NewService {
  readonly dir: string
  /** In the order in which they are written; the file that makes it a service comes last. */
  readonly files: readonly NewFile[]
}

export interface NewFile {
  readonly path: string
  readonly text: string
}

/**
 * The files of a new service in `dir`, which need not be there yet. Writes nothing. `shelf` is the folder `templates`
 * of this package. Throws a `Failure`: SERVICE_NAME_REFUSED, SERVICE_EXISTS where a file of a service or one of these
 * stands there already.
 */
export async function planService(
  dir: string,
  template: Template,
  name: string,
  shelf: string,
): Promise<NewService> {
  const complaint = checkServiceName(name)
  if (complaint) throw nameRefused(complaint.what, complaint.example)
  const from = join(shelf, template.id)
  const names = (await readdir(from)).sort(serviceFileLast)
  const folder = resolve(dir)
  // npm takes a file called .gitignore out of a package, so that it is shipped without its dot.
  const targets = names.map((each) => join(folder, each === 'gitignore' ? '.gitignore' : each))
  await refuseExisting([...SERVICE_FILES.map((each) => join(folder, each)), ...targets])
  const texts = await Promise.all(names.map((each) => readFile(join(from, each), 'utf8')))
  const files = texts.map((text, index) => ({
    path: targets[index]!,
    text: withName(text, names[index]!, name.trim()),
  }))
  return {dir: folder, files}
}

/**
 * Writes the files and returns their paths. One that has appeared in the meantime is never overwritten: then, and on
 * any other error, what was written is taken away again. Throws a `Failure`.
 */
export async function createService({dir, files}: NewService): Promise<readonly string[]> {
  const made: string[] = []
  let firstFolder: string | undefined
  try {
    firstFolder = await mkdir(dir, {recursive: true})
    for (const {path, text} of files) {
      const handle = await open(path, 'wx')
      made.push(path)
      try {
        await handle.writeFile(text)
        await handle.sync()
      } finally {
        await handle.close()
      }
    }
    return made
  } catch (error) {
    for (const path of made.toReversed()) await unlink(path).catch(() => undefined)
    if (firstFolder !== undefined) await removeEmpty(dir, firstFolder)
    throw errorCode(error) === 'EEXIST' ? exists(files[made.length]?.path ?? dir) : folderFailure(error, dir)
  }
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

async function refuseExisting(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    // A link that leads nowhere is there as well.
    const isThere = await lstat(path).then(
      () => true,
      (error: unknown) => !['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? ''),
    )
    if (isThere) throw exists(path)
  }
}

/** Folders that were made for this and hold nothing, from the inside out. */
async function removeEmpty(dir: string, firstFolder: string): Promise<void> {
  for (let at = dir; at.length >= firstFolder.length; at = dirname(at)) {
    try {
      await rmdir(at)
    } catch {
      return
    }
  }
}

function exists(path: string): Failure {
  return new Failure({
    code: 'SERVICE_EXISTS',
    what: say`${path} is there already. Nothing was changed.`,
    why: say`A new service never overwrites a file.`,
    nextSteps: [say`Begin in an empty folder: \`${newFolder(DEFAULT_SERVICE_NAME)}\``],
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
