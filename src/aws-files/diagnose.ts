/** What is wrong with a file: where, which tools it hurts, and how to mend it. */
import {Failure} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {decode} from '../files/bytes.js'
import {fatalWords} from './diagnose-fatal.js'
import type {AwsDocument, Property, Section} from './document.js'
import {isPlainName, profileHeader} from './header.js'
import type {Fatal} from './scan.js'
import {CREDENTIAL_KEYS} from './keys.js'
import {readAsBotocore} from './readers/botocore.js'
import {readAsJavaScript} from './readers/javascript.js'

export interface FileProblem {
  /** fatal: at least one tool refuses the whole file, and it is not edited. */
  readonly severity: 'fatal' | 'warning'
  /** From 1. */
  readonly line: number
  readonly code: string
  readonly what: SafeText
  /** The tools it hurts. */
  readonly hurts: SafeText
  readonly mend: SafeText
}

const CLI = say`AWS CLI and Python tools`
const JS = say`Serverless Framework and other tools on the AWS SDK for JavaScript`
const OTHERS = say`AWS SDKs for Java, Go, Rust and others`
const ALL = say`all AWS tools`

/** In the order of the file. */
export function problemsIn(document: AwsDocument): readonly FileProblem[] {
  const fatals = causesOf(document.fatals).map((fatal) => {
    const words = fatalWords(document, fatal)
    return {severity: 'fatal' as const, line: document.lineAt(fatal.at), code: fatal.code, ...words}
  })
  // In bytes that are no text everything looks wrong.
  if (fatals[0]?.code === 'NOT_UTF8') return fatals
  return [...fatals, ...oddHeaders(document), ...doubleDefault(document), ...oddLines(document)].toSorted(
    (one, other) => one.line - other.line,
  )
}

/** One of each cause: the missing header of some lines is told once, and bytes that are no text explain all the rest. */
function causesOf(fatals: readonly Fatal[]): readonly Fatal[] {
  const noText = fatals.find(({code}) => code === 'NOT_UTF8')
  if (noText) return [noText]
  const first = fatals.find(({code}) => code === 'BEFORE_FIRST_SECTION')
  return fatals.filter((fatal) => fatal.code !== 'BEFORE_FIRST_SECTION' || fatal === first)
}

/** Throws a `Failure` for a file that a tool refuses: an edit of it could not be read back, and might lose what is in it. */
export function refuseIfNotUnderstood(document: AwsDocument): void {
  const [fatal, ...more] = causesOf(document.fatals)
  if (!fatal) return
  const words = fatalWords(document, fatal)
  const line = document.lineAt(fatal.at)
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  throw new Failure({
    code: 'FILE_NOT_UNDERSTOOD',
    what: say`Line ${line} of the ${document.kind} file stops AWS tools from reading it${others}. Nothing was changed.`,
    why: say`${words.what} It hurts: ${words.hurts}.`,
    nextSteps: [words.mend, say`Then try again.`],
  })
}

function warn(
  document: AwsDocument,
  at: number,
  code: string,
  what: SafeText,
  hurts: SafeText,
  mend: SafeText,
): FileProblem {
  return {severity: 'warning', line: document.lineAt(at), code, what, hurts, mend}
}

function oddHeaders(document: AwsDocument): readonly FileProblem[] {
  return document.scan.odd.flatMap((index) => {
    const section = document.sectionAt(index)
    const problem = oddHeader(document, section)
    return problem ? [problem] : []
  })
}

function oddHeader(document: AwsDocument, section: Section): FileProblem | undefined {
  const {inner, start, name, type} = section
  const header = document.text.slice(start, section.bodyStart).replace(/[\r\n]+$/, '')
  if (inner === '__proto__' || inner === 'profile __proto__') return undefined
  if (inner === 'DEFAULT')
    return warn(
      document,
      start,
      'DEFAULT_IN_CAPITALS',
      say`The keys under [DEFAULT] are added to every profile.`,
      CLI,
      say`Write [default] in small letters.`,
    )
  if (name in Object.prototype)
    return warn(
      document,
      start,
      'NAME_OF_OBJECT',
      say`A profile called ${name} is not read.`,
      JS,
      say`Choose another name for the profile.`,
    )
  if (type === 'other') {
    if (document.kind === 'credentials')
      return warn(
        document,
        start,
        'PREFIX_IN_CREDENTIALS',
        say`In the credentials file the name stands alone; this is read as a profile called "${decode(name)}", or not at all.`,
        ALL,
        say`Write the header as [${decode(name).replace(/^\S+[ \t]+/, '')}].`,
      )
    return warn(
      document,
      start,
      'NOT_A_PROFILE',
      say`In the config file [${decode(name)}] is not read as a profile.`,
      ALL,
      likelyHeader(decode(name)),
    )
  }
  const readers = whoFinds(header, document.kind, decode(name))
  if (type === 'profile' && !(readers.cli && readers.js)) {
    const hurts = readers.cli ? JS : readers.js ? CLI : say`${CLI}, and ${JS}`
    return warn(
      document,
      start,
      'HEADER_NOT_READ',
      say`This header is not read as the profile ${decode(name)}.`,
      hurts,
      isPlainName(decode(name))
        ? say`Write it as ${profileHeader(decode(name), document.kind)}, without anything else on the line.`
        : say`Give the profile a name of letters, digits and - / . % @ _ : + only.`,
    )
  }
  return section.isPlain
    ? undefined
    : warn(
        document,
        start,
        'HEADER_UNUSUAL',
        say`This header is not written as all tools expect.`,
        OTHERS,
        !isPlainName(decode(name))
          ? say`Give it a name of letters, digits and - / . % @ _ : + only.`
          : type === 'sso-session'
            ? say`Write it as [sso-session ${decode(name)}].`
            : say`Write it as ${profileHeader(decode(name), document.kind)}.`,
      )
}

/** Which of the two readers takes a header for the profile. */
function whoFinds(header: string, kind: AwsDocument['kind'], name: string): {cli: boolean; js: boolean} {
  const text = `${decode(header)}\nkey = value\n`
  const has = (reading: ReturnType<typeof readAsBotocore>) =>
    'profiles' in reading && reading.profiles.has(name)
  return {cli: has(readAsBotocore(text, kind)), js: has(readAsJavaScript(text, kind))}
}

function doubleDefault(document: AwsDocument): readonly FileProblem[] {
  const {headers} = document.scan
  const plain = headers.find('default')
  const prefixed = headers.find('profile default')
  if (document.kind !== 'config' || plain === undefined || prefixed === undefined) return []
  const at = headers.startAt(Math.max(plain, prefixed))!
  return [
    warn(
      document,
      at,
      'DEFAULT_TWICE',
      say`Both [default] and [profile default] are there; one of them is not read, and tools differ about which.`,
      ALL,
      say`Move the keys into [default] and delete the other section.`,
    ),
  ]
}

/** Keys that readers take differently. */
function oddLines(document: AwsDocument): readonly FileProblem[] {
  return document.sections.flatMap((section) =>
    document.properties(section).flatMap((property) => oddProperty(document, property)),
  )
}

function oddProperty(document: AwsDocument, property: Property): readonly FileProblem[] {
  const {start, name, delimiter, indent, continuation, value, inlineComment} = property
  const found: FileProblem[] = []
  const tell = (code: string, what: SafeText, hurts: SafeText, mend: SafeText) =>
    found.push(warn(document, start, code, what, hurts, mend))
  if (inlineComment !== undefined)
    tell(
      'INLINE_COMMENT',
      say`The comment behind the value of ${decode(name)} is read as a part of the value.`,
      CLI,
      say`Move the comment to a line of its own above.`,
    )
  if (delimiter === ':')
    tell(
      'COLON',
      say`${decode(name)} is set with a colon, and is not seen.`,
      say`${JS}; ${OTHERS}`,
      say`Write ${decode(name)} = and the value.`,
    )
  if (property.key !== name && CREDENTIAL_KEYS.has(name))
    tell(
      'UPPER_CASE_KEY',
      say`${property.key} is not in small letters, and is not seen.`,
      JS,
      say`Write ${name}.`,
    )
  if (indent !== '')
    tell('INDENTED_KEY', say`${decode(name)} is indented.`, OTHERS, say`Begin the line with the key.`)
  if (continuation.length > 0 && !value.startsWith('\n') && value.includes('\n'))
    tell(
      'CONTINUED_VALUE',
      say`The value of ${decode(name)} goes on in the next line.`,
      JS,
      say`Write the value on one line.`,
    )
  if (/[^\x00-\x7f]/.test(value))
    tell(
      'NOT_ASCII',
      say`The value of ${decode(name)} has letters beyond ASCII.`,
      say`${CLI} on Windows`,
      say`Use plain letters where you can.`,
    )
  return found
}

/** What is nearly the header of a session is meant as one; anything else as a profile. */
function likelyHeader(name: string): SafeText {
  const [, quoted] = /^["']profile[ \t]+([^"']+)["']$/.exec(name) ?? []
  if (quoted !== undefined) return say`Write the header as [profile ${quoted}].`
  const [, session] = /^(?:sso[ _-]?)?session[ \t]+(\S+)$/i.exec(name) ?? []
  return session === undefined
    ? say`Write the header as [profile ${name}], if it is meant as one.`
    : say`Write the header as [sso-session ${session}], if it is meant as a session of AWS SSO.`
}
