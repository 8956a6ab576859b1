import type {Plugin} from 'esbuild'

/** The plugin that changes dependencies while they are bundled, and which of its changes have met no file. */
export function patches(): {readonly plugin: Plugin; readonly unused: () => string[]}
