/** Whether every UTF-16 unit of a text is one cell wide and a grapheme of its own. */
export function isPlain(text: string): boolean
/** What string-width says of a plain text; of any other only where it was built in. */
export default function stringWidth(text: string, options?: {ambiguousIsNarrow?: boolean}): number
