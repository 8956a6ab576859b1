import {execFileSync} from 'node:child_process'
import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Packs the package as it would be published and unpacks it alone, in a folder far from any node_modules. The build
 * must be there: it is not made again.
 *
 * @returns the folder of the package, the tarball with its size in bytes, and the files in it
 */
export function unpackPackage() {
  const folder = mkdtempSync(join(tmpdir(), 'serverless-setup-package-'))
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [{filename, size, files}] = JSON.parse(printed)
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder])
  return {
    folder,
    packageFolder: join(folder, 'package'),
    cli: join(folder, 'package', 'dist', 'cli.js'),
    tarball: join(folder, filename),
    bytes: size,
    files: files.map(({path}) => path).sort(),
  }
}
