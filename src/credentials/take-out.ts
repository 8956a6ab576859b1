/** How a variable is taken away: out of this terminal, or out of the file that sets it for Serverless Framework. */
import {say, type SafeText} from '../text/safe-text.js'
import {wayTo} from '../text/program-name.js'
import {unsetVariables} from '../text/shell.js'
import type {Snapshot} from './snapshot.js'

export function takeOut({added}: Pick<Snapshot, 'added'>, names: readonly string[]): SafeText {
  const byFile = new Map<string, string[]>()
  for (const name of names) {
    const path = added?.get(name)?.path
    if (path !== undefined) byFile.set(path, [...(byFile.get(path) ?? []), name])
  }
  const ofShell = names.filter((name) => !added?.has(name))
  const files = [...byFile].map(([path, of]) => say`take ${of.join(', ')} out of ${wayTo(path)}`)
  const [first, ...more] = [...(ofShell.length > 0 ? [say`\`${unsetVariables(ofShell)}\``] : []), ...files]
  return more.reduce((all, each) => say`${all}, and ${each}`, first ?? say``)
}
