import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/
const NOTICES = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i
const RULE = '-'.repeat(78)
const HEAD = `serverless-setup contains the packages below. Each is under the licence that stands under its name.
This file is made by the build, from what the build has read.
`

/** The notices of all packages of which something is in the bundle; packages with the same text share it. */
export function thirdPartyLicenses(outputs, root) {
  const packages = [...bundledPackages(outputs)].map((folder) => readPackage(join(root, folder)))
  const byText = new Map()
  for (const each of packages) {
    const text = each.text ?? textOfSibling(each, packages) ?? standardText(each)
    byText.set(text, [...(byText.get(text) ?? []), `${each.name} ${each.version} (${each.license})`].sort())
  }
  const entries = [...byText].sort(([, [one]], [, [other]]) => (one < other ? -1 : 1))
  return [HEAD, ...entries.map(([text, titles]) => `${RULE}\n${titles.join('\n')}\n\n${text}\n`)].join('\n')
}

/** Folders of the packages that gave at least a byte, by esbuild's list of what it read. */
export function bundledPackages(outputs) {
  const folders = new Set()
  for (const {inputs} of Object.values(outputs))
    for (const [path, {bytesInOutput}] of Object.entries(inputs)) {
      const found = bytesInOutput > 0 && PACKAGE.exec(path)
      if (found) folders.add(found[0])
    }
  return folders
}

function readPackage(folder) {
  const {name, version, license, author} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder).filter((each) => NOTICES.test(each))
  const texts = files.map((each) => readFileSync(join(folder, each), 'utf8').replaceAll('\r\n', '\n').trim())
  const holder = typeof author === 'string' ? author : author?.name
  return {name, version, license, holder, ...(texts.length > 0 ? {text: texts.join('\n\n')} : {})}
}

/** Packages of one scope come from one place: where a file was left out, that of another holds. */
function textOfSibling({name, license}, packages) {
  const scope = /^@[^/]+\//.exec(name)?.[0]
  return packages.find(
    (other) => other.text && scope && other.name.startsWith(scope) && other.license === license,
  )?.text
}

/** For a package that names its licence and ships no file of it. */
function standardText({name, license, holder}) {
  if (license !== 'MIT')
    throw new Error(`${name} ships no licence, and there is no text here for ${license}.`)
  const body = readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8')
    .split('\n\n')
    .slice(2)
    .join('\n\n')
  return `MIT License\n\nCopyright (c) ${holder ?? `the authors of ${name}`}\n\n${body.trim()}`
}
