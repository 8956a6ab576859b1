/** Variables of the surroundings that a program under test may see: where programs are, and how text is encoded. */
const KEPT = ['PATH', 'LANG', 'LC_ALL', 'TMPDIR', 'SystemRoot']

/** An environment without the person's credentials, proxies, CI or colour settings. */
export function cleanEnv(home, changes = {}) {
  const kept = Object.fromEntries(
    KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
  return {...kept, TERM: 'xterm-256color', HOME: home, USERPROFILE: home, ...changes}
}
