import type {Plugin} from 'esbuild'

/** Puts a quicker measure of plain text in the place of the package string-width. */
export function plainText(): Plugin
