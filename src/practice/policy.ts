/**
 * Evaluation of identity policies: explicit deny, else allow, else implicit deny.
 * Action, NotAction, Resource, NotResource with `*` and `?`, `${aws:username}`, and the Condition operators
 * in OPERATORS. A statement with any other operator never matches.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import {malformedPolicy} from './aws-error.js'

interface Statement {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly isNotAction: boolean
  readonly resources: readonly string[]
  readonly isNotResource: boolean
  readonly conditions: readonly Condition[]
}

interface Condition {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

export interface PolicyDocument {
  /** As it was given, byte for byte: IAM returns it so. */
  readonly text: string
  readonly statements: readonly Statement[]
}

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny'

/** Values of condition keys, names in lower case. */
export type Context = Readonly<Record<string, string>>

/** Reads a policy document. @throws AwsError MalformedPolicyDocument */
export function parsePolicy(text: string): PolicyDocument {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw malformedPolicy('Syntax errors in policy.')
  }
  if (!isRecord(parsed) || parsed['Statement'] === undefined)
    throw malformedPolicy('Syntax errors in policy.')
  const statements = Array.isArray(parsed['Statement']) ? parsed['Statement'] : [parsed['Statement']]
  return {text, statements: statements.map(parseStatement)}
}

/** What these policies together say about one action on one resource. */
export function decide(
  documents: readonly PolicyDocument[],
  action: string,
  resource: string,
  context: Context = {},
): Decision {
  const matching = documents
    .flatMap((document) => document.statements)
    .filter((statement) => matches(statement, action, resource, context))
  if (matching.some((statement) => statement.effect === 'Deny')) return 'explicitDeny'
  return matching.length > 0 ? 'allowed' : 'implicitDeny'
}

/** `*` and `?` as in policies; linear in both lengths, whatever the pattern. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let resume = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      resume = t
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++resume
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

function matches(statement: Statement, action: string, resource: string, context: Context): boolean {
  const namesAction = statement.actions.some((a) => matchesGlob(a.toLowerCase(), action.toLowerCase()))
  const namesResource = statement.resources.some((r) => matchesGlob(fillIn(r, context), resource))
  return (
    namesAction !== statement.isNotAction &&
    namesResource !== statement.isNotResource &&
    statement.conditions.every((condition) => holds(condition, context))
  )
}

type Operator = (value: string | undefined, expected: readonly string[]) => boolean
const equals: Operator = (value, expected) => value !== undefined && expected.includes(value)
const like: Operator = (value, expected) => value !== undefined && expected.some((e) => matchesGlob(e, value))

const OPERATORS: Readonly<Record<string, Operator>> = {
  Bool: equals,
  BoolIfExists: (value, expected) => value === undefined || equals(value, expected),
  StringEquals: equals,
  StringEqualsIfExists: (value, expected) => value === undefined || equals(value, expected),
  StringNotEquals: (value, expected) => !equals(value, expected),
  StringLike: like,
  StringNotLike: (value, expected) => !like(value, expected),
}

function holds(condition: Condition, context: Context): boolean {
  const operator = Object.hasOwn(OPERATORS, condition.operator) ? OPERATORS[condition.operator] : undefined
  const value = Object.hasOwn(context, condition.key) ? context[condition.key] : undefined
  return (
    operator?.(
      value,
      condition.values.map((v) => fillIn(v, context)),
    ) ?? false
  )
}

/** A variable without a value is left as it stands and so matches nothing. */
function fillIn(text: string, context: Context): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const key = name.toLowerCase()
    return Object.hasOwn(context, key) ? context[key]! : whole
  })
}

function parseStatement(value: unknown): Statement {
  if (!isRecord(value)) throw malformedPolicy('Syntax errors in policy.')
  const effect = value['Effect']
  if (effect !== 'Allow' && effect !== 'Deny') throw malformedPolicy('Syntax errors in policy.')
  const [actions, isNotAction] = either(
    value,
    'Action',
    'NotAction',
    'Policy statement must contain actions.',
  )
  const [resources, isNotResource] = either(
    value,
    'Resource',
    'NotResource',
    'Policy statement must contain resources.',
  )
  if (actions.some((action) => action !== '*' && !/^[\w*?-]+:[\w*?-]+$/.test(action))) {
    throw malformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  }
  if (resources.some((resource) => resource !== '*' && !resource.startsWith('arn:'))) {
    throw malformedPolicy(
      `Resource ${resources.find((r) => r !== '*' && !r.startsWith('arn:'))} must be in ARN format or "*".`,
    )
  }
  return {
    effect,
    actions,
    isNotAction,
    resources,
    isNotResource,
    conditions: parseConditions(value['Condition']),
  }
}

function either(
  record: Record<string, unknown>,
  plain: string,
  negated: string,
  missing: string,
): [string[], boolean] {
  const isNegated = record[plain] === undefined
  const value = isNegated ? record[negated] : record[plain]
  if (value === undefined) throw malformedPolicy(missing)
  return [strings(value), isNegated]
}

function parseConditions(value: unknown): Condition[] {
  if (value === undefined) return []
  if (!isRecord(value)) throw malformedPolicy('Syntax errors in policy.')
  return Object.entries(value).flatMap(([operator, tests]) => {
    if (!isRecord(tests)) throw malformedPolicy('Syntax errors in policy.')
    return Object.entries(tests).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: strings(values),
    }))
  })
}

function strings(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.map((item: unknown) => {
    if (typeof item === 'string') return item
    if (typeof item === 'boolean' || typeof item === 'number') return String(item)
    throw malformedPolicy('Syntax errors in policy.')
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
