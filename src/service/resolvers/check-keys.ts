/** Keys written into the file itself, and keys that are only half there. No text repeats one. */
import {say, type SafeText} from '../../text/safe-text.js'
import type {Secret} from '../../text/secret.js'
import type {ServiceFinding} from './finding.js'
import {faultOf, keysOf} from './keys.js'
import type {KeyModel, OtherKey, ResolverModel, ServiceModel} from './model.js'
import {stageOf} from './stages.js'
import {copyable, envNameOf, looksSecret, shown} from './variables.js'
import {HALF_KEY} from './words.js'
import type {World} from './world.js'
import {setVariable} from '../../text/shell.js'

const SECRET_NAME = /secret|token|passw|private/i
/** A key that holds the path of a secret holds none. */
const OPEN_NAME = /file|path|url|arn|name|version|id$/i

export function checkKeys(
  model: ServiceModel,
  resolver: ResolverModel,
  world: World,
): readonly ServiceFinding[] {
  return [
    ...halfKey(model, resolver),
    ...badKey(model, resolver, world),
    ...literalSecret(resolver.secretAccessKey, say`secretAccessKey`, say`AWS_SECRET_ACCESS_KEY`),
    ...literalSecret(resolver.sessionToken, say`sessionToken`, say`AWS_SESSION_TOKEN`),
    ...literalId(resolver.accessKeyId),
    ...resolver.others.flatMap((other) => otherSecret(model, other)),
    ...wrongPlace(model, resolver),
  ]
}

/** Keys in other parts of the file, such as the environment of a function. */
export function checkOpenSecrets(model: ServiceModel): readonly ServiceFinding[] {
  return model.openSecrets.map(({name, line}) => {
    const key = shown(name, model.secrets)
    return secretFinding(
      line,
      say`A secret stands in the file, as ${key}.`,
      say`\`${copyable(name, 'mySecret', model.secrets)}: \${env:MY_SECRET}\``,
    )
  })
}

function halfKey(model: ServiceModel, resolver: ResolverModel): readonly ServiceFinding[] {
  if (resolver.type?.value !== 'aws' || keysOf(resolver) !== 'half') return []
  const name = shown(resolver.name, model.secrets)
  const [has, lacks, variable] = resolver.accessKeyId
    ? [say`accessKeyId`, say`secretAccessKey`, say`AWS_SECRET_ACCESS_KEY`]
    : [say`secretAccessKey`, say`accessKeyId`, say`AWS_ACCESS_KEY_ID`]
  return [
    {
      severity: 'error',
      code: 'HALF_KEY_IN_RESOLVER',
      line: (resolver.accessKeyId ?? resolver.secretAccessKey)?.line ?? resolver.line,
      what: say`The resolver ${name} has ${has} without ${lacks}.`,
      why: say`The Framework stops with: ${HALF_KEY}`,
      fix: say`Add the line \`${lacks}: \${env:${variable}}\` to the resolver, or take ${has} out.`,
      ...stageOf(resolver),
    },
  ]
}

/** The values that its variables have in this shell. */
function badKey(model: ServiceModel, resolver: ResolverModel, world: World): readonly ServiceFinding[] {
  const fault = resolver.type?.value === 'aws' ? faultOf(resolver, world) : undefined
  const key = {id: resolver.accessKeyId, secret: resolver.secretAccessKey, token: resolver.sessionToken}
  // What stands in the file itself is told as that.
  if (!fault || key.id?.kind !== 'variable') return []
  const at = key[fault.part] ?? key.id
  const variable = at.kind === 'variable' ? envNameOf(at.text) : undefined
  return [
    {
      severity: 'error',
      code: 'KEY_MALFORMED',
      line: at.line,
      what: say`The key of the resolver ${shown(resolver.name, model.secrets)} will be refused by AWS.`,
      why: fault.words,
      fix:
        fault.part === 'token' && !key.token
          ? say`Add the line \`sessionToken: \${env:AWS_SESSION_TOKEN}\` to the resolver, or use a key that begins with AKIA.`
          : say`Set it where you deploy from: \`${setVariable(variable ?? 'AWS_ACCESS_KEY_ID', '...')}\``,
      ...stageOf(resolver),
    },
  ]
}

function literalSecret(
  key: KeyModel | undefined,
  name: SafeText,
  variable: SafeText,
): readonly ServiceFinding[] {
  if (!key) return []
  const isFallback = key.kind === 'variable'
  if (isFallback && key.literals.length === 0) return []
  return [
    secretFinding(
      key.line,
      isFallback
        ? say`A secret stands in the file, as a part or a fallback of ${name}.`
        : say`A secret stands in the file, as ${name}.`,
      say`\`${name}: \${env:${variable}}\``,
    ),
  ]
}

function secretFinding(line: number, what: SafeText, replacement: SafeText): ServiceFinding {
  return {
    severity: 'error',
    code: 'SECRET_IN_SERVICE_FILE',
    line,
    what,
    why: say`Everyone who can read the repository, now or later, can use the key it belongs to.`,
    fix: say`Deactivate the key in the console of AWS and make another, then write ${replacement} here.`,
  }
}

function literalId(key: KeyModel | undefined): readonly ServiceFinding[] {
  if (!key) return []
  const literals = key.kind === 'variable' ? key.literals : [key.secret]
  if (literals.some((each) => looksSecret(each.reveal())))
    return [
      secretFinding(
        key.line,
        say`What looks like a secret stands in the file, as accessKeyId.`,
        say`\`accessKeyId: \${env:AWS_ACCESS_KEY_ID}\``,
      ),
    ]
  if (literals.length === 0) return []
  return [
    {
      severity: 'warning',
      code: 'KEY_ID_IN_SERVICE_FILE',
      line: key.line,
      what: say`The ID of an access key stands in the file.`,
      why: say`It is no secret, but it ties everyone to one key, which a profile or a variable does not.`,
      fix: say`Write \`accessKeyId: \${env:AWS_ACCESS_KEY_ID}\` here, or name a profile: \`profile: my-profile\``,
    },
  ]
}

/** Other types have secrets too (`token` of vault), and a slip in a name (`secretKey`) makes none of a secret less. */
function otherSecret(model: ServiceModel, {name, line, literal}: OtherKey): readonly ServiceFinding[] {
  if (!literal || !isSecretKey(name, literal)) return []
  const safeName = shown(name, model.secrets)
  return [
    secretFinding(
      line,
      say`What looks like a secret stands in the file, as ${safeName}.`,
      say`\`${copyable(name, 'mySecret', model.secrets)}: \${env:MY_SECRET}\``,
    ),
  ]
}

function isSecretKey(name: string, literal: Secret): boolean {
  return (SECRET_NAME.test(name) && !OPEN_NAME.test(name)) || looksSecret(literal.reveal())
}

/** The secret in the line of something else. */
function wrongPlace(model: ServiceModel, resolver: ResolverModel): readonly ServiceFinding[] {
  return (['profile', 'region', 'type'] as const).flatMap((name) => {
    const at = resolver[name]
    if (!at || !(looksSecret(at.value) || model.secrets.some((secret) => isLongAnd(secret, at.value))))
      return []
    return [
      secretFinding(
        at.line,
        say`What looks like a secret stands in the file, as ${name}.`,
        say`the ${name} itself`,
      ),
    ]
  })
}

function isLongAnd(secret: Secret, text: string): boolean {
  return secret.length >= 16 && secret.reveal() === text
}
