/** Keys that a file or a variable says to have ended, and that AWS takes all the same: AWS is right. */
import {accessKey} from '../credentials/access-key.js'
import {environmentParts, keyFault, keyPartsOf, type KeyParts} from '../credentials/judge-key.js'
import {stsAddress} from '../credentials/endpoint.js'
import type {Snapshot} from '../credentials/snapshot.js'
import {folderHere, type Folder, type FolderOptions} from '../service/folder.js'
import type {Within} from './asker.js'

/** The machine and the folder: where AWS is asked, with what it says of such keys. */
export async function surroundings(
  s: Snapshot,
  options: FolderOptions,
  within: Within | undefined,
): Promise<{readonly s: Snapshot; readonly offline: Folder}> {
  const offline = await folderHere(s, options)
  const known = within ? await withAccepted(s, offline, within) : s
  return {s: known, offline: known === s ? offline : await folderHere(known, options)}
}

/** The same machine where there is nothing to say. */
async function withAccepted(s: Snapshot, {run, services}: Folder, within: Within): Promise<Snapshot> {
  const {regionOf} = await import('./profile-keys.js')
  const accepted = new Set<string>()
  for (const each of new Set([s, run, ...services.flatMap(({runs}) => runs)])) {
    const ended = endedIn(each)
    if (ended.length === 0) continue
    await within(each, async (asker) => {
      for (const {parts, region} of ended) {
        const key = accessKey(parts)
        const answer = key && (await asker.key(key, regionOf(region)))
        if (answer && 'whose' in answer) accepted.add(parts.id)
      }
    })
  }
  return accepted.size > 0 ? {...s, accepted} : s
}

function endedIn(s: Snapshot): readonly {readonly parts: KeyParts; readonly region: string | undefined}[] {
  const all = [
    {parts: environmentParts(s.env, stsAddress(s)), region: s.env['AWS_REGION']},
    ...[...s.javascript.profiles].map(([name, data]) => ({
      parts: keyPartsOf(data, stsAddress(s, name)),
      region: data.get('region'),
    })),
  ]
  return all.filter(({parts}) => parts.id !== '' && keyFault(parts, s)?.code === 'KEY_EXPIRED')
}
