import {expect, test} from '@jest/globals'
import {chmodSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {mendMode, modeOf, planMend, type FileMend} from '../../src/doctor/mend.js'
import {Failure} from '../../src/domain/problem.js'
import {awsFiles} from '../../src/files/locations.js'
import {commitPlan} from '../../src/files/commit.js'
import {
  examine,
  KEY,
  look,
  OTHER_KEY,
  SSO_PROFILE,
  SSO_SESSION,
  ssoToken,
  type MachineSpec,
} from '../credentials/support/machine.js'

interface Row {
  readonly code: string
  readonly machine: MachineSpec
  /** The file afterwards, whole. */
  readonly after: {readonly file: 'credentials' | 'config'; readonly text: string}
}

const rows: readonly Row[] = [
  {
    code: 'TOKEN_BESIDE_LONG_LIVED_KEY',
    machine: {credentials: `# mine\n[default]\n${KEY}aws_session_token = old==\n\n[other]\n${KEY}`},
    after: {file: 'credentials', text: `# mine\n[default]\n${KEY}\n[other]\n${KEY}`},
  },
  {
    code: 'KEYS_IN_BOTH_FILES',
    machine: {credentials: `[default]\n${KEY}`, config: `[default]\n${KEY}region = us-east-1\n`},
    after: {file: 'config', text: '[default]\nregion = us-east-1\n'},
  },
  {
    code: 'SSO_SETTINGS_DIFFER',
    machine: {
      config: `[default]\n${SSO_PROFILE}sso_region = us-east-1\n${SSO_SESSION}`,
      files: ssoToken('corp', 4),
    },
    after: {file: 'config', text: `[default]\n${SSO_PROFILE}${SSO_SESSION}`},
  },
  {
    code: 'NOT_A_PROFILE',
    machine: {config: '# a\r\n[dev]\r\nregion = us-east-1\r\n'},
    after: {file: 'config', text: '# a\r\n[profile dev]\r\nregion = us-east-1\r\n'},
  },
  {
    code: 'PREFIX_IN_CREDENTIALS',
    machine: {credentials: `[profile dev]\n${KEY}`},
    after: {file: 'credentials', text: `[dev]\n${KEY}`},
  },
  {
    code: 'HEADER_NOT_READ',
    machine: {credentials: `[ default ]\n${KEY}`},
    after: {file: 'credentials', text: `[default]\n${KEY}`},
  },
  {
    code: 'BYTE_ORDER_MARK',
    machine: {credentials: `\ufeff[default]\n${KEY}`},
    after: {file: 'credentials', text: `[default]\n${KEY}`},
  },
  {
    code: 'DUPLICATE_SECTION',
    machine: {
      credentials: `[default]\n${KEY}\n# next\n[other]\n${OTHER_KEY}[default]\nregion = us-east-1\n# end\n`,
    },
    after: {
      file: 'credentials',
      text: `[default]\n${KEY}region = us-east-1\n# end\n\n# next\n[other]\n${OTHER_KEY}`,
    },
  },
  {
    code: 'DUPLICATE_SECTION',
    machine: {credentials: `[default]\n${KEY}[other]\n${OTHER_KEY}[default]\nregion = us-east-1`},
    after: {file: 'credentials', text: `[default]\n${KEY}region = us-east-1\n[other]\n${OTHER_KEY}`},
  },
  {
    code: 'UPPER_CASE_KEY',
    machine: {credentials: `[default]\n${KEY.replaceAll('aws_', 'AWS_')}`},
    after: {file: 'credentials', text: `[default]\n${KEY}`},
  },
  {
    code: 'COLON',
    machine: {credentials: `[default]\n${KEY.replace(' = ', ': ')}`},
    after: {file: 'credentials', text: `[default]\n${KEY}`},
  },
  {
    code: 'INLINE_COMMENT',
    machine: {credentials: `[default]\n${KEY.replace('\n', ' # mine\n')}`},
    after: {file: 'credentials', text: `[default]\n# mine\n${KEY}`},
  },
]

test.each(rows)('$code is mended, and nothing else is touched', async ({code, machine, after}) => {
  const {home, diagnosis, surroundings} = await examine(machine)
  const {env} = surroundings as {env: Record<string, string>}
  const files = awsFiles(env)
  const mends = diagnosis.findings.filter((each) => each.code === code)
  expect(mends.length).toBeGreaterThan(0)
  for (const {mend} of mends) await commitPlan(await planMend(mend as FileMend, files))
  expect(home.read(`.aws/${after.file}`)).toBe(after.text)
  expect((await look(home, env)).codes).not.toContain(code)
})

test.each(['utf16le', 'utf-16be'])(
  'a file of UTF-16 (%s) has one fault, and is written as UTF-8',
  async (order) => {
    const text = `[default]\r\n${KEY}# f\u00fcr mich\n`
    const {home, env} = await examine({credentials: ''})
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    writeFileSync(join(home.path, '.aws/credentials'), order === 'utf16le' ? bytes : bytes.swap16())
    const {diagnosis} = await look(home, env)
    expect(diagnosis.findings.map(({code}) => code)).toEqual(['NOT_UTF8'])
    expect(diagnosis.findings[0]?.fix).toContain('`serverless-setup doctor --fix`')
    await commitPlan(await planMend(diagnosis.findings[0]!.mend as FileMend, awsFiles(env)))
    expect(home.read('.aws/credentials')).toBe(text)
    expect((await look(home, env)).diagnosis.isUsable).toBe(true)
  },
)

test('the plan shows the lines without a secret', async () => {
  const {diagnosis, surroundings} = await examine({
    credentials: `[default]\n${KEY}aws_session_token = FwoSECRETSECRETSECRET\n`,
  })
  const mend = diagnosis.findings.find(({code}) => code === 'TOKEN_BESIDE_LONG_LIVED_KEY')!.mend as FileMend
  const plan = await planMend(mend, awsFiles(surroundings.env))
  const shown = JSON.stringify(plan.files.map(({diff}) => diff))
  expect(shown).toContain('aws_session_token')
  expect(shown).not.toMatch(/FwoSECRET|wJalrX/)
  expect(plan).toMatchObject({profile: 'default', purpose: 'change', nothingToDo: false})
})

test('what is done already is nothing to do', async () => {
  const {diagnosis, surroundings} = await examine({credentials: `[default]\n${KEY}aws_session_token = old\n`})
  const mend = diagnosis.findings.find(({code}) => code === 'TOKEN_BESIDE_LONG_LIVED_KEY')!.mend as FileMend
  const files = awsFiles(surroundings.env)
  await commitPlan(await planMend(mend, files))
  expect(await planMend(mend, files)).toMatchObject({nothingToDo: true, files: []})
})

test('a header that is somewhere else by now is left alone', async () => {
  const {home, diagnosis, surroundings} = await examine({config: '[dev]\nregion = us-east-1\n'})
  const mend = diagnosis.findings.find(({code}) => code === 'NOT_A_PROFILE')!.mend as FileMend
  home.write('.aws/config', '[ops]\nregion = us-east-1\n')
  await expect(planMend(mend, awsFiles(surroundings.env))).rejects.toThrow(Failure)
})

test('sections that both hold a key are for a person', async () => {
  const {surroundings} = await examine({credentials: `[default]\n${KEY}[default]\n${OTHER_KEY}`})
  await expect(
    planMend({kind: 'merge-sections', role: 'credentials', header: 'default'}, awsFiles(surroundings.env)),
  ).rejects.toMatchObject({problem: {code: 'KEYS_IN_BOTH_SECTIONS'}})
})

const onPosix = process.platform === 'win32' ? test.skip : test
onPosix('rights are taken away, never given', async () => {
  const {home} = await examine({credentials: `[default]\n${KEY}`})
  const path = join(home.path, '.aws/credentials')
  chmodSync(path, 0o664)
  await mendMode({kind: 'chmod', path, mode: 0o600})
  expect(await modeOf(path)).toBe(0o600)
  chmodSync(path, 0o440)
  await mendMode({kind: 'chmod', path, mode: 0o600})
  expect(statSync(path).mode & 0o777).toBe(0o400)
  await expect(mendMode({kind: 'chmod', path: `${path}-gone`, mode: 0o600})).rejects.toThrow(Failure)
})
