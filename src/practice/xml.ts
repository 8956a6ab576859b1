/** XML as the query protocol writes it. */

export type XmlValue = string | number | boolean | Date | undefined | readonly XmlValue[] | XmlRecord
export interface XmlRecord {
  readonly [name: string]: XmlValue
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Everything XML 1.0 cannot hold becomes U+FFFD: one such character would make the whole answer unreadable. */
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text fit for XML and HTML, between tags and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/\r/g, '&#13;')
}

/** Seconds only, as IAM and STS write times: `2026-01-31T09:00:00Z`. */
export function isoSeconds(time: number | Date): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** One element; lists become `<member>` elements; `undefined` is left out. */
export function element(name: string, value: XmlValue): string {
  if (value === undefined) return ''
  return `<${name}>${content(value)}</${name}>`
}

/** The elements of a record, one a property. */
export function elements(record: XmlRecord): string {
  return Object.entries(record)
    .map(([name, value]) => element(name, value))
    .join('')
}

function content(value: Exclude<XmlValue, undefined>): string {
  if (value instanceof Date) return isoSeconds(value)
  if (Array.isArray(value)) return value.map((item: XmlValue) => element('member', item)).join('')
  if (typeof value === 'object') return elements(value as XmlRecord)
  return escapeMarkup(String(value))
}
