/** What a terminal sends for the keys that tests and recordings press. */
const ESC = '\u001B'

const FIXED = {
  enter: '\r',
  esc: ESC,
  tab: '\t',
  'shift+tab': `${ESC}[Z`,
  space: ' ',
  backspace: '\u007F',
  delete: `${ESC}[3~`,
  pageup: `${ESC}[5~`,
  pagedown: `${ESC}[6~`,
}

/** Keys whose sequence depends on the cursor key mode (DECCKM, `ESC [ ? 1 h`). */
const CURSOR = {up: 'A', down: 'B', right: 'C', left: 'D', home: 'H', end: 'F'}

/** The bytes of one key: a name of the tables, `ctrl+a` to `ctrl+z`, or one character. */
export function keyBytes(key, hasApplicationCursor = false) {
  if (key in FIXED) return FIXED[key]
  if (key in CURSOR) return `${ESC}${hasApplicationCursor ? 'O' : '['}${CURSOR[key]}`
  const control = /^ctrl\+([a-z])$/.exec(key)
  if (control) return String.fromCharCode(control[1].charCodeAt(0) - 0x60)
  if ([...key].length === 1) return key
  throw new Error(`No key has the name "${key}".`)
}

/**
 * A paste as terminals send it: line ends become carriage returns, and with paste mode on it stands between
 * markers that the pasted text itself cannot hold.
 */
export function pasteBytes(text, isBracketed) {
  const body = text.replaceAll(/\r?\n/g, '\r')
  if (!isBracketed) return body
  return `${ESC}[200~${body.replaceAll(`${ESC}[201~`, '')}${ESC}[201~`
}
