import {expect, test} from '@jest/globals'
import {panelLines} from '../../components/panel-lines.js'
import {diagnosisPanels, verdictPanels} from '../../src/doctor/describe.js'
import {diagnose} from '../../src/doctor/diagnose.js'
import {withWhose} from '../../src/doctor/verified.js'
import {diagnosisJson} from '../../src/doctor/json.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import type {Diagnosis} from '../../src/doctor/types.js'
import {say} from '../../src/text/safe-text.js'
import {homeSandbox} from '../support/home.js'
import {runs, seed} from '../support/proof.js'
import {
  ENV_KEY,
  examine,
  KEY,
  NOW,
  SSO_PROFILE,
  SSO_SESSION,
  ssoToken,
} from '../credentials/support/machine.js'
import {makeMachine, randomFrom} from '../credentials/support/machines.js'

function screen(diagnosis: Diagnosis, width = 60): string {
  return panelLines(diagnosisPanels(diagnosis), width)
    .map((row) =>
      row
        .map(({text}) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n')
}

test('the verdict first, then why, then where tools differ', async () => {
  const {diagnosis} = await examine({
    env: {...ENV_KEY, AWS_PROFILE: 'dev'},
    credentials: `[dev]\n${KEY}`,
    config: '[profile dev]\nregion = eu-west-1\n',
  })
  expect(screen(diagnosis)).toMatchInlineSnapshot(`
   "Serverless Framework would use the key AKIA************MNOP
   of the profile dev.

     Why     AWS_PROFILE=dev chooses the profile dev.
             AWS_PROFILE=dev is set, so the keys in
             AWS_ACCESS_KEY_ID are skipped.
     Region  us-east-1 (its own default)

   Where they come from
     Environment  AKIA************ENVE (AWS_ACCESS_KEY_ID)
       AWS_PROFILE=dev is set, so the keys in AWS_ACCESS_KEY_ID
       are skipped.
   ✔ Access key   the key AKIA************MNOP of the profile
                  dev (~/.aws/credentials:2)
     Not there    Role, Web identity, Program, AWS SSO, Console
                  sign-in, Web identity variables, Container,
                  EC2 instance

   Tools differ here
   ✔ Serverless Framework    the key AKIA************MNOP of
                             the profile dev; us-east-1
   ✔ AWS SDK for JavaScript  the key AKIA************MNOP of
                             the profile dev; eu-west-1
   ! AWS CLI, Python tools   the key AKIA************ENVE of
                             the environment; eu-west-1
       The keys in AWS_ACCESS_KEY_ID come before
       AWS_PROFILE=dev.

   Found
   ! Both AWS_PROFILE and AWS_ACCESS_KEY_ID are set: Serverless
     Framework takes the profile dev, the AWS CLI the keys.
     (AWS_PROFILE, AWS_ACCESS_KEY_ID)
       Keep one: \`unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
       AWS_SESSION_TOKEN\`, or \`unset AWS_PROFILE\`
   ! Serverless Framework does not read the region eu-west-1
     there and deploys to us-east-1, unless serverless.yml
     names a region. (~/.aws/config:2)
       \`export AWS_REGION=eu-west-1\`, or set provider.region in
       serverless.yml"
  `)
})

test('an expired session, in the words of the tool and with the command that helps', async () => {
  const {diagnosis} = await examine({
    config: `[default]\n${SSO_PROFILE}${SSO_SESSION}`,
    files: ssoToken('corp', -26),
  })
  expect(screen(diagnosis)).toMatchInlineSnapshot(`
   "Serverless Framework would stop: its credentials cannot be
   used.

     It says  Value not present for 'clientId' in SSO Token.
              Cannot refresh. To refresh this SSO session run
              'aws sso login' with the corresponding profile.
     Why      No variable says otherwise, so it uses the
              profile default, and it stops at the AWS SSO
              sign-in there.
     Next     \`serverless-setup sso login --session corp\`
     Region   us-east-1 (its own default)

   Where they come from
   ✖ AWS SSO    account 000000000001, Admin (~/.aws/config:2)
       Value not present for 'clientId' in SSO Token. Cannot
       refresh. To refresh this SSO session run 'aws sso login'
       with the corresponding profile. It expired 26 h ago.
     Not there  Environment, Role, Access key, Web identity,
                Program, Console sign-in, Web identity
                variables, Container, EC2 instance

   Found
   ✖ The sign-in to AWS SSO session corp expired 26 h ago; the
     profile default needs it.
       \`serverless-setup sso login --session corp\`"
  `)
})

test('nothing at all', async () => {
  const {diagnosis} = await examine({})
  expect(screen(diagnosis)).toMatchInlineSnapshot(`
   "Serverless Framework finds no AWS credentials here.

     It says  Could not load credentials from any providers
     Why      There are no keys in the environment and no
              profile called default.
     Region   us-east-1 (its own default)

   Where they come from
     Not there  Environment, Role, Access key, Web identity,
                Program, AWS SSO, Console sign-in, Web identity
                variables, Container, EC2 instance

   Found
   ✖ There are no AWS credentials for Serverless Framework on
     this machine.
       \`serverless-setup\`"
  `)
})

test('whose the credentials are, once AWS was asked', async () => {
  const {diagnosis} = await examine({credentials: `[default]\n${KEY}`})
  const asked = withWhose(diagnosis, 'static', say`account 111122223333, arn:aws:iam::111122223333:user/me`)
  expect(JSON.stringify(verdictPanels(asked))).toContain('user/me')
  expect(JSON.stringify(verdictPanels(diagnosis))).not.toContain('user/me')
})

test('no machine has a secret on its screen or in its JSON, and no line is wider than the screen', async () => {
  const random = randomFrom(seed + 1)
  const secret = 'CaNaRySeCrEtCaNaRySeCrEtCaNaRySeCrEt1234'
  for (let index = 0; index < runs(60); index++) {
    const machine = makeMachine(index, random, 'http://127.0.0.1:1')
    const home = homeSandbox()
    const put = (text: string) =>
      text.replace(/"(secret|token|refresh)"|(?<== )secret$/gm, (found) =>
        found.replace(/secret|token|refresh/, secret),
      )
    for (const [file, text] of Object.entries(machine.files)) home.write(file, put(text))
    const env: Record<string, string> = {...home.env, ...machine.env}
    for (const name of ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) if (env[name]) env[name] = secret
    const diagnosis = diagnose(await readSnapshot({env, now: NOW, isEc2: false}))
    const text = screen(diagnosis)
    expect(text + JSON.stringify(diagnosisJson(diagnosis)) + JSON.stringify(diagnosis)).not.toContain(secret)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60)
    home.remove()
  }
})

test('the JSON keeps its names', async () => {
  const {diagnosis} = await examine({credentials: `[default]\n${KEY}aws_session_token = t\n`})
  const json = diagnosisJson(diagnosis)
  expect(Object.keys(json)).toEqual([
    'format',
    'isUsable',
    'takenAt',
    'profile',
    'files',
    'tools',
    'sources',
    'findings',
    'profiles',
  ])
  expect(json).toMatchObject({
    format: 1,
    isUsable: false,
    takenAt: '2026-03-01T12:00:00.000Z',
    profile: {name: 'default', exists: true},
    tools: [{id: 'serverless', winner: 'static', profile: 'default', failure: null}, {}, {}, {}],
    findings: [{code: 'TOKEN_BESIDE_LONG_LIVED_KEY', severity: 'error', canBeMended: true}, {}],
  })
})
