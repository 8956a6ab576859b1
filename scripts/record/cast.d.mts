import type {Frame} from './record.mjs'

/** Frames as a recording of asciinema, version 2. */
export function castOf(
  frames: readonly Frame[],
  options: {readonly title: string; readonly cols: number; readonly rows: number},
): string
