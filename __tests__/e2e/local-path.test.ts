import {existsSync, readdirSync, statSync, writeFileSync, chmodSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {administratorAccess} from '../../src/domain/policies.js'
import {findCanary} from '../support/canary.js'
import type {Terminal} from '../support/terminal.js'
import {
  converse,
  giveKey,
  open,
  pasteKey,
  runScript,
  scene,
  takeSuggestions,
  toTheKey,
  type Scene,
} from './wizard.js'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

/** The same from the very first screen. */
async function fromTheStart(terminal: Terminal): Promise<void> {
  await terminal.see('AWS Credentials Set-Up Method:')
  terminal.press('down', 'enter')
  await toTheKey(terminal)
}

const mode = (file: string) => statSync(join(stage.home.path, file)).mode & 0o777

for (const {cols, rows} of [
  {cols: 80, rows: 24},
  {cols: 60, rows: 20},
]) {
  describe(`in a terminal of ${cols}x${rows}`, () => {
    test('a newcomer is led through the console to a verified profile on disk', async () => {
      const key = stage.practice.issueKey()
      const terminal = await open(stage, {cols, rows})
      await terminal.see('AWS Credentials Set-Up Method:')
      await terminal.see('Save AWS Credentials in a Local Profile')
      terminal.press('down', 'enter')
      await terminal.see('Do you have an AWS account?')
      terminal.press('enter')
      await terminal.see('How do you want to get an access key?')
      terminal.press('enter')
      await terminal.see('What may this access key do')
      terminal.press('enter')
      await terminal.see('step 1 of 3')
      await terminal.see('https://console.aws.amazon.com/iam/home?#/users')
      terminal.press('enter')
      await terminal.see('AdministratorAccess')
      terminal.press('enter')
      await terminal.see('step 3 of 3')
      terminal.press('enter')
      await terminal.see('Enter AWS Access Key ID:')
      terminal.type(key.accessKeyId)
      await terminal.see(key.accessKeyId)
      terminal.press('enter')
      await terminal.see('Enter AWS Secret Access Key:')
      terminal.type(key.secretAccessKey)
      await terminal.see('••••')
      terminal.press('enter')
      await terminal.see('The key works')
      await terminal.see('123456789012')
      terminal.press('enter')
      await terminal.see('Press Enter for default')
      terminal.press('enter')
      await terminal.see('Region to deploy to')
      terminal.type('ireland')
      await terminal.see('eu-west-1')
      terminal.press('enter')
      await terminal.see('Write this?')
      expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
      terminal.press('enter')
      await terminal.see('saved and verified')
      terminal.press('enter')
      expect(await terminal.exit()).toMatchObject({code: 0})
      expect(await terminal.restored()).toEqual([])
      terminal.widthOk()
      expect(stage.home.read('.aws/credentials')).toBe(
        `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
      )
      expect(stage.home.read('.aws/config')).toBe('[default]\nregion = eu-west-1\n')
      expect([mode('.aws'), mode('.aws/credentials'), mode('.aws/config')]).toEqual([0o700, 0o600, 0o600])
      expect(findCanary(terminal.raw, [key.secretAccessKey])).toEqual([])
      expect(findCanary({dir: stage.home.path, except: ['.aws/credentials']}, [key.secretAccessKey])).toEqual(
        [],
      )
    })
  })
}

describe('wrong turns', () => {
  test('a damaged secret is refused by AWS, told as such, and entered again', async () => {
    const key = stage.practice.issueKey()
    const wrong = `${key.secretAccessKey.slice(0, -1)}${key.secretAccessKey.endsWith('x') ? 'y' : 'x'}`
    const terminal = await open(stage)
    await fromTheStart(terminal)
    await pasteKey(terminal, `${key.accessKeyId} ${wrong}\n`)
    await terminal.see('SIGNATURE_MISMATCH')
    await terminal.see('❯ Enter the secret again')
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
    terminal.press('down', 'enter')
    await terminal.see('Enter AWS Access Key ID:')
    await pasteKey(
      terminal,
      `export AWS_ACCESS_KEY_ID=${key.accessKeyId}\nexport AWS_SECRET_ACCESS_KEY="${key.secretAccessKey}"\n`,
    )
    await terminal.see('The key works')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
    expect(await terminal.restored()).toEqual([])
    expect(findCanary(terminal.raw, [key.secretAccessKey, wrong])).toEqual([])
  })

  test('Ctrl+C at the last question leaves with 130 and nothing on disk', async () => {
    const key = stage.practice.issueKey()
    const terminal = await open(stage)
    await fromTheStart(terminal)
    await pasteKey(terminal, `${key.accessKeyId},${key.secretAccessKey}`)
    await takeSuggestions(terminal)
    await terminal.see('Write this?')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
    expect(await terminal.restored()).toEqual([])
  })

  test('the key of the root user is refused until the account number is typed', async () => {
    const key = stage.practice.issueRootKey()
    const terminal = await open(stage)
    await fromTheStart(terminal)
    await pasteKey(terminal, `${key.accessKeyId},${key.secretAccessKey}`)
    await terminal.see('This is the key of the root user')
    terminal.press('down', 'enter')
    await terminal.see('Type the account number')
    terminal.type('111111111111')
    terminal.press('enter')
    await terminal.see('not the account number')
    terminal.press('ctrl+u')
    terminal.type('123456789012')
    terminal.press('enter')
    await terminal.see('The key works')
    terminal.press('esc')
    await terminal.see('Type the account number')
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
  })
})

describe('who comes back', () => {
  const CREDENTIALS = (id: string, secret: string) =>
    `# my keys\n[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\naws_session_token = old==\n\n[work]\naws_access_key_id = AKIAQQQQQQQQQQQQQQQQ\naws_secret_access_key = ${'w'.repeat(40)}\n`

  test('sees whose the working credentials are, and goes on with them', async () => {
    const key = stage.practice.issueKey()
    stage.home.write(
      '.aws/credentials',
      `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
    )
    const terminal = await open(stage)
    await terminal.see('AWS credentials are set up and work.')
    await terminal.see('123456789012')
    terminal.press('enter')
    await terminal.see('serverless deploy')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(readdirSync(join(stage.home.path, '.aws'))).toEqual(['credentials'])
  })

  test('replaces a key only after a yes that says whose it is, keeps the rest byte for byte, and undoes it', async () => {
    const old = stage.practice.issueKey({userName: 'old-user'})
    const key = stage.practice.issueKey({userName: 'new-user'})
    const before = CREDENTIALS(old.accessKeyId, old.secretAccessKey).replace(
      'aws_session_token = old==\n',
      '',
    )
    stage.home.write('.aws/credentials', before)
    const terminal = await open(stage, {args: ['--path', 'local', '--region', 'eu-north-1']})
    await giveKey(
      terminal,
      JSON.stringify(
        {
          AccessKey: {
            UserName: 'new-user',
            AccessKeyId: key.accessKeyId,
            SecretAccessKey: key.secretAccessKey,
            Status: 'Active',
          },
        },
        null,
        2,
      ),
    )
    await terminal.see('The key works')
    terminal.press('enter')
    await terminal.see('Profile name:')
    await terminal.see('work')
    terminal.press('enter')
    await terminal.see('Replace the access key of profile default?')
    await terminal.see('user/old-user')
    terminal.press('down', 'enter')
    await terminal.see('Write this?')
    terminal.press('enter')
    await terminal.see('saved and verified')
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(stage.home.read('.aws/credentials')).toBe(
      before.replace(old.accessKeyId, key.accessKeyId).replace(old.secretAccessKey, key.secretAccessKey),
    )
    expect(findCanary(terminal.raw, [key.secretAccessKey, old.secretAccessKey, 'w'.repeat(40)])).toEqual([])

    const undoing = await open(stage, {args: ['undo']})
    await undoing.see('Take back what the last command wrote?')
    undoing.press('enter')
    await undoing.see('What the last command wrote is taken back.')
    expect(await undoing.exit()).toMatchObject({code: 0})
    expect(stage.home.read('.aws/credentials')).toBe(before)
  })

  test('is offered to deploy where a service and serverless are, and serverless gets the profile but no key', async () => {
    const key = stage.practice.issueKey()
    writeFileSync(join(stage.dir, 'serverless.yml'), 'service: demo\n')
    const bin = join(stage.dir, 'node_modules', '.bin')
    mkdirSync(bin, {recursive: true})
    writeFileSync(join(bin, 'serverless'), '#!/bin/sh\necho "args: $*"\nenv > environment.txt\nexit 7\n')
    chmodSync(join(bin, 'serverless'), 0o755)
    const terminal = await open(stage, {
      args: ['--path', 'local', '--profile', 'mine', '--region', 'eu-west-1'],
    })
    await giveKey(terminal, `${key.accessKeyId} ${key.secretAccessKey}`)
    await terminal.see('The key works')
    terminal.press('enter')
    await terminal.see('Write this?')
    terminal.press('enter')
    await terminal.see('Deploy now')
    terminal.press('up', 'enter')
    await terminal.see('args: deploy')
    expect(await terminal.exit()).toMatchObject({code: 7})
    const environment = stage.home.read('service/environment.txt')
    expect(terminal.scrollback().join('\n')).toMatch(
      /args: deploy --aws-profile mine(?: --region [a-z0-9-]+)?$/m,
    )
    expect(findCanary(environment, [key.secretAccessKey])).toEqual([])
  })
})

test('a credentials file that others may read is made private with the same yes', async () => {
  const key = stage.practice.issueKey({userName: 'ada'})
  stage.home.write('.aws/credentials', '# mine\n')
  chmodSync(join(stage.home.path, '.aws/credentials'), 0o644)
  const terminal = await open(stage, {args: ['--path', 'local']})
  await giveKey(
    terminal,
    `aws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
  )
  await takeSuggestions(terminal)
  await terminal.see('Other users of this machine may read')
  await terminal.see(/❯ Yes, and let nobody else read the credentials file/)
  terminal.press('enter')
  await terminal.see('Done')
  expect(mode('.aws/credentials')).toBe(0o600)
  terminal.press('enter')
  expect(await terminal.exit()).toMatchObject({code: 0})
})

test.each([[[]], [['--plain']]])('import - in a terminal asks for the key in its field, %j', async (more) => {
  const key = stage.practice.issueKey()
  const terminal = await open(stage, {args: ['import', '-', '--profile', 'mine', ...more]})
  await terminal.see('Enter AWS Access Key ID:')
  await terminal.see(more.length > 0 ? /^>/m : /^› /m)
  await pasteKey(
    terminal,
    `[ci]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}`,
  )
  await terminal.see('The key works')
  terminal.press('enter')
  await terminal.see('Region to deploy to')
  terminal.press('ctrl+c')
  expect(await terminal.exit()).toMatchObject({code: 130})
  expect(findCanary(terminal.raw, [key.secretAccessKey])).toEqual([])
})

describe('with simple prompts (--plain)', () => {
  const answer = async (terminal: Terminal, words: string, given: string) => {
    await terminal.see(words)
    await terminal.see(/Answer \[[^\]]*\]:$/m)
    terminal.type(`${given}\r`)
  }
  /** Waits for a question that was not there before: earlier ones stay on the screen. */
  const asked = (terminal: Terminal, words: string, times = 1) =>
    terminal.until(() => terminal.scrollback().join('\n').split(words).length > times, {expected: words})

  test('the same path leads to the same profile', async () => {
    const key = stage.practice.issueKey()
    const terminal = await open(stage, {args: ['--plain']})
    await answer(terminal, 'AWS Credentials Set-Up Method:', '2')
    await answer(terminal, 'Do you have an AWS account?', '1')
    await answer(terminal, 'How do you want to get an access key?', '3')
    await terminal.see(/^>/m)
    await pasteKey(
      terminal,
      `Access key ID,Secret access key\r\n${key.accessKeyId},${key.secretAccessKey}\r\n`,
    )
    await answer(terminal, 'Go on?', '')
    await answer(terminal, 'Answer [default]:', '')
    await terminal.see('Type part of a name to search')
    terminal.type('frankfurt\r')
    await terminal.see('eu-central-1')
    terminal.press('enter')
    await answer(terminal, 'Write this?', '1')
    await asked(terminal, 'What now?')
    await terminal.see(/What now\?[^]*Answer \[[^\]]*\]:$/m)
    terminal.press('enter')
    expect(await terminal.exit()).toMatchObject({code: 0})
    expect(stage.home.read('.aws/credentials')).toContain(key.accessKeyId)
    expect(stage.home.read('.aws/config')).toBe('[default]\nregion = eu-central-1\n')
    expect(findCanary(terminal.raw, [key.secretAccessKey])).toEqual([])
    expect(await terminal.restored()).toEqual([])
    terminal.widthOk()
  })

  test('a typed secret is never shown, and after a refusal it is given anew', async () => {
    const key = stage.practice.issueKey()
    const terminal = await open(stage, {args: ['--plain', '--path', 'local']})
    await answer(terminal, 'Do you have an AWS account?', '')
    await answer(terminal, 'How do you want to get an access key?', '3')
    await terminal.see(/^>/m)
    terminal.type(`${key.accessKeyId}\r`)
    await terminal.see('Enter AWS Secret Access Key:')
    await terminal.see(/Answer:/)
    terminal.type(key.secretAccessKey.slice(0, 20))
    await terminal.see('*'.repeat(20))
    terminal.press('ctrl+t')
    terminal.press('enter')
    await terminal.see('! ')
    await terminal.see(/^. Answer:\s*$/m)
    terminal.type(`${key.secretAccessKey}\r`)
    await terminal.see('The key works')
    expect(findCanary(terminal.raw, [key.secretAccessKey])).toEqual([])
    expect(terminal.raw.toString()).not.toContain(key.secretAccessKey.slice(0, 20))
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
    expect(terminal.scrollback().join('\n')).toContain('Nothing was written.')
    expect(await terminal.restored()).toEqual([])
  })

  test('TERM=dumb gets them too; Esc and b go back and Ctrl+C leaves with 130', async () => {
    const terminal = await open(stage, {env: {TERM: 'dumb'}})
    await answer(terminal, 'AWS Credentials Set-Up Method:', '2')
    await answer(terminal, 'Do you have an AWS account?', '')
    await terminal.see('How do you want')
    await terminal.see(/How do you want[^]*Answer \[1\]:$/)
    terminal.press('esc')
    await asked(terminal, 'Do you have an AWS account?', 2)
    await terminal.see(/Do you have an AWS account\?[^?]*Answer \[1\]:$/)
    terminal.type('b\r')
    await asked(terminal, 'AWS Credentials Set-Up Method:', 2)
    await terminal.see(/Set-Up Method:[^?]*Answer \[2\]:$/)
    terminal.press('ctrl+c')
    expect(await terminal.exit()).toMatchObject({code: 130})
  })
})

describe('without a terminal', () => {
  test('options and a key on standard input do it all', async () => {
    const key = stage.practice.issueKey()
    const {code, stdout, stderr} = await runScript(
      stage,
      ['--path', 'local', '--profile', 'ci', '--region', 'eu-central-1', '--keys-from', '-', '--yes'],
      `[anything]\naws_access_key_id=${key.accessKeyId}\naws_secret_access_key=${key.secretAccessKey}\n`,
    )
    expect({code, stderr: stderr.includes('✖')}).toEqual({code: 0, stderr: false})
    expect(stdout).toContain('export AWS_PROFILE=ci')
    expect(stage.home.read('.aws/config')).toBe('[profile ci]\nregion = eu-central-1\n')
    expect(findCanary(stdout + stderr, [key.secretAccessKey])).toEqual([])
  })

  test('a profile that is a role on its own key: the role is what is verified, and a refusal is told', async () => {
    const key = stage.practice.issueKey()
    stage.practice.account.addRole('deployer').attached.add(administratorAccess('aws'))
    const config = (role: string) =>
      stage.home.write(
        '.aws/config',
        `[profile work]\nrole_arn = arn:aws:iam::123456789012:role/${role}\nsource_profile = work\n`,
      )
    const save = async () =>
      runScript(
        stage,
        ['import', '-', '--profile', 'work', '--region', 'eu-west-1', '--yes'],
        `${key.accessKeyId} ${key.secretAccessKey}`,
      )
    config('deployer')
    const works = await save()
    expect(works.code).toBe(0)
    expect(works.stdout).toMatch(/Signs in as +arn:aws:sts::123456789012:assumed-role\/deployer/)
    expect(works.stdout).not.toContain('Valid for')
    config('nothere')
    const refused = await save()
    expect(refused.stdout).toContain('the profile does not work as it stands')
    expect(refused.stdout).toContain('does not allow sts:AssumeRole')
    expect(refused.stdout).toContain('doctor --verify --profile work')
    expect(refused.stdout).not.toMatch(/verified|serverless deploy/)
    expect(refused.code).toBe(1)
  })

  test('--dry-run shows the comparison and writes nothing', async () => {
    const key = stage.practice.issueKey()
    const {code, stdout} = await runScript(
      stage,
      ['import', '-', '--dry-run', '--yes'],
      `${key.accessKeyId} ${key.secretAccessKey}`,
    )
    expect(code).toBe(0)
    expect(stdout).toContain('+ [default]')
    expect(stdout).toContain('Dry run: nothing is written.')
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
    expect(findCanary(stdout, [key.secretAccessKey])).toEqual([])
  })

  test('a question without an answer ends with 2 and names the option', async () => {
    const {code, stderr} = await runScript(stage, ['--path', 'local'])
    expect(code).toBe(2)
    expect(stderr).toContain('Enter AWS Access Key ID:')
    expect(stderr).toContain('`--keys-from FILE`')
    const {code: bare, stderr: said} = await runScript(stage, [])
    expect(bare).toBe(2)
    expect(said).toContain('`--path local`')
  })

  test('a key that AWS refuses ends with 1 and writes nothing', async () => {
    const key = stage.practice.issueKey()
    const wrong = key.secretAccessKey.split('').reverse().join('')
    const {code, stdout, stderr} = await runScript(
      stage,
      ['import', '-', '--yes', '--json'],
      `${key.accessKeyId} ${wrong}`,
    )
    expect(code).toBe(1)
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
    expect(last).toMatchObject({type: 'error', code: 'SIGNATURE_MISMATCH'})
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
    expect(findCanary(stdout + stderr, [wrong])).toEqual([])
  })

  test.each([[[]], [['--plain']], [['--json']]])(
    'a key on standard input, which is at its end then, leaves a question that nobody answers with 2 (%j)',
    async (frontend) => {
      const {accessKeyId, secretAccessKey} = stage.practice.issueKey()
      const {code, stdout, stderr} = await runScript(
        stage,
        ['import', '-', ...frontend],
        `${accessKeyId} ${secretAccessKey}`,
      )
      expect(code).toBe(2)
      expect(stdout + stderr).toContain('UNANSWERED')
      expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
    },
  )

  test('the root key is refused with 1, whatever was agreed to beforehand', async () => {
    const key = stage.practice.issueRootKey()
    const {code, stderr} = await runScript(
      stage,
      ['import', '-', '--yes'],
      `${key.accessKeyId} ${key.secretAccessKey}`,
    )
    expect(code).toBe(1)
    expect(stderr).toContain('ROOT_USER_KEY')
    expect(existsSync(join(stage.home.path, '.aws'))).toBe(false)
  })

  test('JSON lines lead through the path, question by question', async () => {
    const key = stage.practice.issueKey()
    const answers: Record<string, string> = {
      'set-up-method': 'local',
      account: 'yes',
      method: 'have',
      key: `${key.accessKeyId} ${key.secretAccessKey}`,
      profile: 'json',
      region: 'us-west-2',
      plan: 'yes',
      receipt: 'done',
    }
    const {code, lines} = await converse(stage, ['--json'], (line) =>
      line['type'] === 'question' ? {id: line['id'], answer: answers[line['id'] as string]} : undefined,
    )
    expect(code).toBe(0)
    expect(lines.filter(({type}) => type === 'question').map(({id}) => id)).toEqual(Object.keys(answers))
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      outcome: 'saved',
      profile: 'json',
      region: 'us-west-2',
      accountId: '123456789012',
      next_step: 'serverless deploy --aws-profile json --region us-west-2',
    })
    expect(findCanary(JSON.stringify(lines), [key.secretAccessKey])).toEqual([])
    expect(stage.home.read('.aws/config')).toBe('[profile json]\nregion = us-west-2\n')
  })

  test('answers that are piped in all at once wait for their questions', async () => {
    const key = stage.practice.issueKey()
    const answers = [
      ['set-up-method', 'local'],
      ['account', 'yes'],
      ['method', 'have'],
      ['key', `${key.accessKeyId} ${key.secretAccessKey}`],
      ['profile', 'piped'],
      ['region', 'us-west-2'],
      ['plan', 'yes'],
    ]
    const input = answers.map(([id, answer]) => `${JSON.stringify({id, answer})}\n`).join('')
    const {code, stdout} = await runScript(stage, ['--json'], input)
    expect(stdout).not.toContain('"refused"')
    expect(code).toBe(0)
    expect(stage.home.read('.aws/config')).toBe('[profile piped]\nregion = us-west-2\n')
  })

  test('the same key once more is unchanged, and not told as saved', async () => {
    const key = stage.practice.issueKey()
    stage.home.write('key.txt', `${key.accessKeyId} ${key.secretAccessKey}`)
    const args = [
      'import',
      join(stage.home.path, 'key.txt'),
      '--profile',
      'work',
      '--region',
      'us-west-2',
      '--yes',
      '--json',
    ]
    const last = async () =>
      JSON.parse((await runScript(stage, args)).stdout.trim().split('\n').at(-1)!) as object
    expect(await last()).toMatchObject({outcome: 'saved'})
    expect(await last()).toMatchObject({outcome: 'unchanged', files: [], profile: 'work'})
  })

  test.each([
    [['--paht', 'local'], '--help'],
    [['--path', 'nowhere'], '--path local'],
    [['deploi'], 'serverless-setup demo'],
    [['import'], 'import accessKeys.csv'],
  ])('bad usage %j ends with 2 and an example of right', async (args, example) => {
    const {code, stderr} = await runScript(stage, args)
    expect(code).toBe(2)
    expect(stderr).toContain(example)
  })
})
