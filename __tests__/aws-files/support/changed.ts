import type {AwsDocument} from '../../../src/aws-files/document.js'
import {editProfile, type ProfileChange} from '../../../src/aws-files/edit.js'
import {readSpecFile, type SpecFiles} from '../../../src/aws-files/readers/spec.js'
import {applySplices} from '../../../src/aws-files/splice.js'

/** The document with an edit in it. */
export function changed(document: AwsDocument, profile: string, change: ProfileChange): AwsDocument {
  return applySplices(document, editProfile(document, profile, change))
}

/** Both files merged as the specification has it: of one key in both, the one in credentials counts. Throws `SpecError`. */
export function readProfiles(configText: string, credentialsText: string): SpecFiles {
  const config = readSpecFile(configText, 'config')
  const credentials = readSpecFile(credentialsText, 'credentials')
  for (const [name, properties] of credentials.profiles)
    config.profiles.set(name, new Map([...(config.profiles.get(name) ?? []), ...properties]))
  return config
}
