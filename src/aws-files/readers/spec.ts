/**
 * The files as the shared-file specification says (the SDKs for Rust, Java, Kotlin and C): the reader with the
 * smallest dialect. Checked against the public conformance cases of smithy-rs.
 */
import {isPlainName, readHeader, stripBlanks} from '../header.js'
import type {FileKind} from '../../files/locations.js'

type SpecProfile = Map<string, string>

export interface SpecFiles {
  readonly profiles: Map<string, SpecProfile>
  readonly ssoSessions: Map<string, SpecProfile>
}

const PROPERTY_NAME = /^[a-z0-9_\-/.%@:+]+$/

/** A file that the specification refuses. `line` counts from 1. */
class SpecError extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** One file. Throws `SpecError`. */
export function readSpecFile(text: string, kind: FileKind): SpecFiles {
  const files: SpecFiles = {profiles: new Map(), ssoSessions: new Map()}
  let hasPrefixedDefault = false
  let section: SpecProfile | undefined
  let property: string | undefined
  let target: SpecProfile = new Map()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const fail = (message: string): never => {
      throw new SpecError(index + 1, message)
    }
    if (/^[ \t]*$/.test(line) || /^[#;]/.test(line)) continue
    if (/^[ \t]/.test(line)) {
      const value = stripBlanks(line)
      if (!section) fail('Expected a profile definition, found continuation')
      if (property === undefined) fail('Expected a property definition, found continuation')
      const soFar = target.get(property!)!
      if (soFar === '' || soFar.startsWith('\n')) checkSubProperty(value, fail)
      target.set(property!, `${soFar}\n${value}`)
    } else if (line.startsWith('[')) {
      property = undefined
      // Until it is known to be a profile: properties of other sections are checked and belong to nobody.
      section = new Map()
      const definition = stripBlanks(line.replace(/[#;].*$/, ''))
      if (!definition.endsWith(']')) fail("Profile definition must end with ']'")
      const header = readHeader(definition.slice(1, -1), kind)
      const isPrefixed = /^[ \t]*profile[ \t]/.test(definition.slice(1))
      if (!isPlainName(header.name) || /["']/.test(definition)) continue
      if (header.type === 'profile') {
        if (header.name === 'default' && kind === 'config') {
          if (hasPrefixedDefault && !isPrefixed) continue
          if (isPrefixed && !hasPrefixedDefault) files.profiles.delete('default')
          hasPrefixedDefault ||= isPrefixed
        }
        section = entry(files.profiles, header.name)
      } else if (header.type === 'sso-session') {
        section = entry(files.ssoSessions, header.name)
      }
    } else {
      if (!section) fail('Expected a profile definition before the first property')
      const content = stripBlanks(line.replace(/[ \t][#;].*$/, ''))
      const equals = content.indexOf('=')
      if (equals < 0) fail("Expected an '=' sign defining a property")
      const name = stripBlanks(content.slice(0, equals)).toLowerCase()
      if (name === '') fail('Property did not have a name')
      property = name
      // A property with another name is read, with its continuation, and belongs to nobody.
      target = PROPERTY_NAME.test(name) ? section! : new Map()
      target.set(name, stripBlanks(content.slice(equals + 1)))
    }
  }
  return files
}

function entry(map: Map<string, SpecProfile>, name: string): SpecProfile {
  const found = map.get(name) ?? new Map<string, string>()
  map.set(name, found)
  return found
}

function checkSubProperty(line: string, fail: (message: string) => never): void {
  const equals = line.indexOf('=')
  if (equals < 0) fail("Expected an '=' sign defining a sub-property")
  if (stripBlanks(line.slice(0, equals)) === '') fail('Sub-property did not have a name')
}
