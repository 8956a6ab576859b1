import {execFileSync, spawnSync} from 'node:child_process'
import {describe, expect, test} from '@jest/globals'
import {cloudShellCommand, deploymentPolicy, deploymentPolicyText} from '../../src/domain/policies.js'
import {startPractice} from '../../src/practice/server.js'
import {readCredentials} from '../../src/paste/credentials-text.js'
import {homeSandbox} from '../support/home.js'

const hasCli = spawnSync('aws', ['--version']).status === 0
if (!hasCli) console.warn('skipped: the CloudShell command is not run, because the AWS CLI is not installed')
const withCli = hasCli ? test : test.skip

describe('the narrower policy', () => {
  test('fits a managed policy, and its rows a terminal of 60 columns', () => {
    for (const partition of ['aws', 'aws-cn', 'aws-us-gov'] as const) {
      expect(JSON.stringify(deploymentPolicy(partition)).length).toBeLessThan(6_144)
      expect(JSON.stringify(deploymentPolicy(partition))).toContain(`arn:${partition}:iam::*:role/*`)
      const text = deploymentPolicyText(partition)
      expect(JSON.parse(text.join('\n'))).toEqual(deploymentPolicy(partition))
      expect(Math.max(...text.map((row) => row.length))).toBeLessThanOrEqual(59)
    }
  })

  test('allows no change of users, keys or policies of others', () => {
    const actions = deploymentPolicy('aws').Statement.flatMap(({Action}) => Action)
    for (const forbidden of [
      'iam:*',
      '*',
      'iam:CreateUser',
      'iam:CreateAccessKey',
      'iam:AttachUserPolicy',
      'iam:PutUserPolicy',
    ]) {
      expect(actions).not.toContain(forbidden)
    }
  })
})

describe('the CloudShell command', () => {
  test.each(['administrator', 'deployment'] as const)(
    '%s: every row survives a narrow terminal, and bash can read it',
    (policy) => {
      const rows = cloudShellCommand({policy})
      expect(rows.filter((row) => row.length > 56)).toEqual([])
      expect(() => execFileSync('bash', ['-n'], {input: rows.join('\n')})).not.toThrow()
    },
  )

  withCli.each(['administrator', 'deployment'] as const)(
    '%s: makes the user and a key that the paste field understands, twice',
    async (policy) => {
      const practice = await startPractice()
      const admin = practice.issueKey({userName: 'owner'})
      const home = homeSandbox({
        env: {
          AWS_ENDPOINT_URL: practice.url,
          AWS_ACCESS_KEY_ID: admin.accessKeyId,
          AWS_SECRET_ACCESS_KEY: admin.secretAccessKey,
          AWS_DEFAULT_REGION: 'us-east-1',
          PYENV_ROOT: process.env['PYENV_ROOT'] ?? '',
        },
      })
      for (let time = 0; time < 2; time += 1) {
        const output = await bash(cloudShellCommand({policy}).join('\n'), home.env)
        const reading = readCredentials(
          `[cloudshell-user@ip-10-0 ~]$ U=serverless-framework\n${output}\n[cloudshell-user@ip-10-0 ~]$ `,
        )
        expect(reading.kind).toBe('complete')
        const user = practice.account.users.get('serverless-framework')
        expect(user).toBeDefined()
      }
      home.remove()
      await practice.close()
    },
    60_000,
  )
})

async function bash(script: string, env: Record<string, string>): Promise<string> {
  const {spawn} = await import('node:child_process')
  const child = spawn('bash', [], {env})
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdin.end(script)
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`bash ended with ${String(code)}:\n${errors}\n${output}`)
  return output
}
