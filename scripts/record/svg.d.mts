import type {Frame} from './record.mjs'

/** Frames as one animated picture. */
export function svgOf(
  frames: readonly Frame[],
  options: {readonly title: string; readonly cols: number; readonly rows: number},
): string
