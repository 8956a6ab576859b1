import type {Plugin} from 'esbuild'

/** Puts modules of ours in the place of a few packages. */
export function standIns(): Plugin
