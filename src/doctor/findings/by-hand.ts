/** A setting of a profile as a command, and what to write where the AWS CLI is not there. */
import type {Snapshot} from '../../credentials/snapshot.js'
import {say, type SafeText} from '../../safety/safe-text.js'
import {shownPath} from '../../files/shown-path.js'
import {word} from '../../safety/shell.js'

/** @param profile none for default */
export function setInConfig(s: Snapshot, key: string, value: string, profile = 'default'): SafeText {
  const isDefault = profile === 'default'
  const command = say`aws configure set ${key} ${word(value)}${isDefault ? '' : ` --profile ${word(profile)}`}`
  const header = isDefault ? '[default]' : `[profile ${profile}]`
  const byHand = say`write ${key} = ${value} below ${header} in ${shownPath(s.paths.config, s.home)}`
  // A file that the AWS CLI cannot read it cannot change either.
  return s.botocore.refused === undefined
    ? say`\`${command}\`, or ${byHand}`
    : say`Mend the file, then ${byHand}`
}
