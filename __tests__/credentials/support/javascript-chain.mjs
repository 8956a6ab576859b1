/** Answers cases with what the AWS SDK for JavaScript does: one line of JSON in, one line out. Each case has its own home. */
import {createInterface} from 'node:readline'
import {defaultProvider} from '@aws-sdk/credential-provider-node'
import {loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS} from '@smithy/core/config'

console.warn = () => undefined
// The SDK starts a role's first credentials before it refuses for want of a second factor, and leaves them alone.
process.on('unhandledRejection', () => undefined)

async function ask(init) {
  try {
    const {accessKeyId} = await defaultProvider(init)()
    return {id: accessKeyId}
  } catch (error) {
    return {error: String(error.message)}
  }
}

async function region() {
  try {
    return await loadConfig(NODE_REGION_CONFIG_OPTIONS, NODE_REGION_CONFIG_FILE_OPTIONS)()
  } catch {
    return null
  }
}

for await (const line of createInterface({input: process.stdin})) {
  const answers = []
  for (const env of JSON.parse(line)) {
    for (const name of Object.keys(process.env)) delete process.env[name]
    Object.assign(process.env, env)
    answers.push({
      javascript: await ask({}),
      serverless: await ask({mfaCodeProvider: async () => '123456'}),
      dev: await ask({profile: 'dev', mfaCodeProvider: async () => '123456'}),
      region: await region(),
    })
  }
  process.stdout.write(`${JSON.stringify(answers)}\n`)
}
