/** Services that a compose file names, and that are not there, as rows. */
import type {Panel} from '../engine/types.js'
import {say} from '../text/safe-text.js'
import type {Folder} from '../service/folder.js'
import {shownRelative} from './shown.js'

export function gonePanels({gone}: Pick<Folder, 'gone'>): readonly Panel[] {
  const rows = gone.map(({path, why}) => ({mark: 'bad', label: say`${shownRelative(path)}: ${why}`}) as const)
  return rows.length > 0 ? [{kind: 'verdicts', rows}] : []
}
