/**
 * The entry. It is read by whatever Node the person has, so it must be understood by an old one: it says what is
 * needed there, and loads the program elsewhere.
 */
const OLDEST = '20.17'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const [oldestMajor = 0, oldestMinor = 0] = OLDEST.split('.').map(Number)

if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
  void import('./commands/main.js')
} else {
  process.stderr.write(
    `serverless-setup needs Node.js ${OLDEST} or newer, and this is ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer one: https://nodejs.org/en/download, or with nvm: nvm install 22\n',
  )
  process.exitCode = 1
}
