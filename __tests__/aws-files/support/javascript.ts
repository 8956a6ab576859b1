import {externalDataInterceptor, loadSharedConfigFiles} from '@smithy/shared-ini-file-loader'
import type {FileKind} from '../../../src/files/locations.js'

/** What the real loader of the AWS SDK for JavaScript makes of a file. It tells no errors: a refused file is empty. */
export async function readWithSdk(
  bytes: Uint8Array,
  kind: FileKind,
): Promise<Record<string, Record<string, string>>> {
  const text = Buffer.from(bytes).toString('utf8')
  externalDataInterceptor.interceptFile('/intercepted/credentials', kind === 'credentials' ? text : '')
  externalDataInterceptor.interceptFile('/intercepted/config', kind === 'config' ? text : '')
  const files = await loadSharedConfigFiles({
    filepath: '/intercepted/credentials',
    configFilepath: '/intercepted/config',
  })
  return (kind === 'credentials' ? files.credentialsFile : files.configFile) as Record<
    string,
    Record<string, string>
  >
}
