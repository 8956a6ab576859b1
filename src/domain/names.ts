/** What may name a service and an app of the Serverless Framework. */
import type {ValidationError} from './problem.js'
import {say} from '../text/safe-text.js'

/** CloudFormation makes the name of a stack of it, which is where the rule comes from. */
const SERVICE_NAME = /^[a-zA-Z][a-zA-Z0-9-]{0,100}$/
const MAX_SERVICE_NAME_LENGTH = 101
const APP_NAME = /^[a-z0-9](?:[a-z0-9-]{0,126}[a-z0-9])?$/
const MAX_APP_NAME_LENGTH = 128

/** `undefined` when the text may name a service. */
export function checkServiceName(text: string): ValidationError | undefined {
  const name = text.trim()
  const example = say`aws-node-project`
  if (SERVICE_NAME.test(name)) return undefined
  if (name === '') return {what: say`A service needs a name.`, example}
  if (name.length > MAX_SERVICE_NAME_LENGTH)
    return tooLong('service', name, MAX_SERVICE_NAME_LENGTH, 'orders')
  if (!/^[a-zA-Z]/.test(name))
    return {
      what: say`The name of a service begins with a letter.`,
      example: suggest(name, SERVICE_NAME) ?? example,
    }
  return {
    what: say`The name of a service can hold letters (a to z), digits and - and no blanks.`,
    example: suggest(name, SERVICE_NAME) ?? example,
  }
}

/** `undefined` when the text may name an app of the Serverless Dashboard. */
export function checkAppName(text: string): ValidationError | undefined {
  const name = text.trim()
  const example = say`my-app`
  if (APP_NAME.test(name)) return undefined
  if (name === '') return {what: say`An app needs a name.`, example}
  if (name.length > MAX_APP_NAME_LENGTH) return tooLong('app', name, MAX_APP_NAME_LENGTH, 'shop')
  const what = /^-|-$/.test(name)
    ? say`The name of an app begins and ends with a letter or a digit.`
    : say`The name of an app can hold small letters (a to z), digits and - and no blanks.`
  return {what, example: suggest(name.toLowerCase(), APP_NAME) ?? example}
}

function tooLong(kind: string, name: string, most: number, example: string): ValidationError {
  return {
    what: say`The name of ${kind === 'app' ? 'an app' : 'a service'} has at most ${most} characters; this has ${name.length}.`,
    example: say`${example}`,
  }
}

/** What was typed, with what may stay of it. Long texts may be secrets and are not repeated. */
function suggest(refused: string, rule: RegExp) {
  if (refused.length > 24) return undefined
  const kept = refused
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[\s_./]+/g, '-')
    .replace(/[^A-Za-z0-9-]/g, '')
    .replace(/^-+|-+$/g, '')
  const tries = [kept, kept.replace(/^[0-9-]+/, '')]
  const found = tries.find((each) => rule.test(each))
  return found === undefined ? undefined : say`${found}`
}
