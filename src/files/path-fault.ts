/** A path in AWS_SHARED_CREDENTIALS_FILE or AWS_CONFIG_FILE that tools take differently, or that depends on the folder. */
import {statSync} from 'node:fs'
import {maskShapes} from '../text/secret-shape.js'
import {posix, win32} from 'node:path'
import type {Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {setVariable, unsetVariables} from '../text/shell.js'

/** As a variable is written in a shell that did not replace it. */
const IN_IT = /\$(?:\w+|\{\w+\})|%\w+%/

/** Why nothing may be written there; `undefined` where every tool and every folder comes to the same file. */
export function pathFault(
  variable: string,
  value: string,
  {home, platform}: {readonly home: string; readonly platform: NodeJS.Platform},
): Problem | undefined {
  const {isAbsolute, resolve} = platform === 'win32' ? win32 : posix
  const [, inner] = /^"(.*)"$|^'(.*)'$/.exec(value)?.filter((each) => each !== undefined) ?? []
  if (inner !== undefined) return quoted(variable, value, inner, {home, platform})
  const isHome = (platform === 'win32' ? /^~(?:[/\\]|$)/ : /^~(?:\/|$)/).test(value)
  const holds = IN_IT.exec(value)?.[0]
  if (holds === undefined && (isHome || isAbsolute(value)))
    return namesFolder(variable, value, {home, platform})
  const isForeign =
    platform !== 'win32' && !isAbsolute(value) && (win32.isAbsolute(value) || value.startsWith('~\\'))
  const replaced = value.replace(/^(?:\$HOME|\$\{HOME\}|%HOME%|%USERPROFILE%)(?=[/\\])/, () => home)
  const isClear = isAbsolute(replaced) && !IN_IT.test(replaced)
  // What looks like a secret was put into the wrong variable: it is no name of a file.
  const isOther = isForeign || value.startsWith('~') || maskShapes(value) !== value
  const instead = isOther ? undefined : isClear ? replaced : holds === undefined ? resolve(value) : undefined
  return {
    code: 'FILE_PATH_UNCLEAR',
    what: say`${variable} holds ${value}, which is not the same file to every tool and in every folder.`,
    why: isForeign
      ? say`It is a path of Windows; on this system it is the name of a file in the current folder.`
      : value.startsWith('~')
        ? say`Only some tools know the home of another user.`
        : holds === undefined
          ? say`It is a relative path: it means another file in each folder.`
          : say`${holds} stands in it as text: some tools replace it, and to others it is the name of a folder.`,
    nextSteps: [
      instead === undefined
        ? say`Take it away, and the usual file is used: \`${unsetVariables([variable])}\``
        : say`Name it in full: \`${setVariable(variable, instead)}\``,
    ],
  }
}

/** Some tools write a file of this name, and others look into a folder. */
function namesFolder(
  variable: string,
  value: string,
  {home, platform}: {readonly home: string; readonly platform: NodeJS.Platform},
): Problem | undefined {
  const isFolder = (platform === 'win32' ? /[/\\]\.{0,2}$/ : /\/\.{0,2}$/).test(value)
  if (!isFolder) return undefined
  const name = variable === 'AWS_CONFIG_FILE' ? 'config' : 'credentials'
  const {join} = platform === 'win32' ? win32 : posix
  return {
    code: 'FILE_PATH_UNCLEAR',
    what: say`${variable} holds ${value}, which is the name of a folder.`,
    why: say`A file is wanted there: some tools look into the folder, others make a file of its name.`,
    nextSteps: [
      isFile(value.replace(/[/\\]+$/, ''), home)
        ? say`Name the file without it: \`${setVariable(variable, value.replace(/[/\\]+$/, ''))}\``
        : say`Name the file in it: \`${setVariable(variable, join(value, name))}\``,
    ],
  }
}

function isFile(path: string, home: string): boolean {
  try {
    return statSync(path.replace(/^~(?=[/\\])/, () => home)).isFile()
  } catch {
    return false
  }
}

/** As `.env` files and panels of settings keep them: a shell takes them off, and these do not. */
function quoted(
  variable: string,
  value: string,
  inner: string,
  where: {readonly home: string; readonly platform: NodeJS.Platform},
): Problem {
  const isClear = pathFault(variable, inner, where) === undefined
  return {
    code: 'FILE_PATH_UNCLEAR',
    what: say`${variable} holds ${value}, with quotation marks round the path.`,
    why: say`Tools take them for a part of the name, so it is a file below the current folder.`,
    nextSteps: [
      isClear
        ? say`Set it without them: \`${setVariable(variable, inner)}\``
        : say`Take it away, and the usual file is used: \`${unsetVariables([variable])}\``,
    ],
  }
}
