import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {decode} from '../files/bytes.js'
import type {AwsDocument} from './document.js'
import type {Fatal} from './scan.js'

interface Words {
  readonly what: SafeText
  readonly hurts: SafeText
  readonly mend: SafeText
}

const CLI = say`AWS CLI and Python tools, which then refuse the whole file`
const JS = say`Serverless Framework and other tools on the AWS SDK for JavaScript, which then read nothing`

/** By its byte order mark, of either order. */
export function isUtf16({bytes}: AwsDocument): boolean {
  const [first, second] = bytes
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

/** A fatal problem in words. Names of sections and keys are told, values never. */
export function fatalWords(document: AwsDocument, {code, at, first, isRefused, name = ''}: Fatal): Words {
  const shown = decode(name)
  const earlier = first === undefined ? 0 : document.lineAt(first)
  switch (code) {
    case 'DUPLICATE_SECTION':
      return {
        what: say`The section [${shown}] is there already, on line ${earlier}.`,
        hurts: CLI,
        mend: say`Keep what is right of the two in one of them, each key once, and delete the other.`,
      }
    case 'DUPLICATE_KEY':
      return {
        what: say`The key ${shown} is there already, on line ${earlier}.`,
        hurts: CLI,
        mend: say`Delete the line that is out of date, ${earlier} or ${document.lineAt(at)}.`,
      }
    case 'BEFORE_FIRST_SECTION':
      return {
        what: say`It stands before the first section.`,
        hurts: CLI,
        mend: say`Put a header such as [default] above it, or a # in front of it.`,
      }
    case 'NO_EQUALS':
      return {
        what: say`It is not a key with a value.`,
        hurts: CLI,
        mend: say`Write \`key = value\`, or put a # in front of the line.`,
      }
    case 'NESTED_WITHOUT_EQUALS':
      return {
        what: say`It stands in a nested block and is not a key with a value.`,
        hurts: CLI,
        mend: say`Write \`key = value\`, or put a # in front of the line.`,
      }
    case 'BYTE_ORDER_MARK':
      return {
        what: say`The file begins with an invisible byte order mark.`,
        hurts: CLI,
        mend: say`\`${program()} doctor --fix\`, or save the file as UTF-8 without a byte order mark.`,
      }
    case 'NOT_UTF8':
      return {
        ...(isUtf16(document)
          ? {
              what: say`It is UTF-16, as PowerShell and Notepad may write it, and not UTF-8.`,
              hurts: say`all AWS tools, which then read nothing`,
              mend: say`\`${program()} doctor --fix\`, or save the file as UTF-8 in an editor.`,
            }
          : {
              what: say`It holds bytes that are not UTF-8 text.`,
              hurts: CLI,
              mend: say`Open the file in an editor and save it as UTF-8.`,
            }),
      }
    case 'LONE_CARRIAGE_RETURN':
      return {
        what: say`It holds a carriage return that is not followed by a line feed.`,
        hurts: JS,
        mend: say`Save the file with line ends of Unix (LF) or Windows (CRLF).`,
      }
    case 'UNUSUAL_WHITE_SPACE':
      return {
        what: say`It holds unusual white space or a control character that tools take differently.`,
        hurts: say`some AWS tools`,
        mend: say`Type the line anew, with plain blanks.`,
      }
    case 'PROTO_SECTION':
      return {
        what: say`A profile cannot be called __proto__.`,
        hurts: JS,
        mend: say`Choose another name for the profile.`,
      }
    case 'SWALLOWED_HEADER':
      return {
        what: say`It is indented: to some tools a section begins here, to others it continues the value above.`,
        hurts: isRefused ? CLI : say`AWS CLI and Python tools, which do not see the section`,
        mend: say`Begin the line with the bracket.`,
      }
    case 'UNCLOSED_HEADER':
      return {
        what: say`It begins with [ and is not a complete header.`,
        hurts: CLI,
        mend: say`Write the header as [name], or put a # in front of the line.`,
      }
  }
}
