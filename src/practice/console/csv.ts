/** The file that the console's download button gives. */
import type {PracticeCredentials} from '../helpers.js'

export interface CsvOptions {
  /** With a byte order mark, as the real console writes it. Default true. */
  readonly hasBom?: boolean
  /** The older variety with a `User name` column. */
  readonly userName?: string
}

export function accessKeyCsv(key: PracticeCredentials, {hasBom = true, userName}: CsvOptions = {}): string {
  const head = userName === undefined ? '' : 'User name,'
  const row = userName === undefined ? '' : `${quoted(userName)},`
  return `${hasBom ? '\ufeff' : ''}${head}Access key ID,Secret access key\r\n${row}${key.accessKeyId},${key.secretAccessKey}\r\n`
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field
}
