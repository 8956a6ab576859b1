/** A setting of a profile as a command, and what to write where the AWS CLI is not there. */
import type {Snapshot} from '../../credentials/snapshot.js'
import {say, type SafeText} from '../../text/safe-text.js'
import {shownPath} from '../../files/shown-path.js'
import {unsetVariables, word} from '../../text/shell.js'

/** @param profile none for default */
export function setInConfig(s: Snapshot, key: string, value: string, profile = 'default'): SafeText {
  const isDefault = profile === 'default'
  // Without the name the AWS CLI takes the profile that these say, the empty one as well.
  const isElsewhere = [s.env['AWS_PROFILE'], s.env['AWS_DEFAULT_PROFILE']].some((each) => each !== undefined)
  const command = say`aws configure set ${key} ${word(value)}${isDefault && !isElsewhere ? '' : say` --profile ${word(profile)}`}`
  const header = isDefault ? '[default]' : `[profile ${profile}]`
  const isNowhere = s.paths.config === '/dev/null'
  const file = isNowhere ? say`~/.aws/config` : shownPath(s.paths.config, s.home)
  const byHand = say`write ${key} = ${value} below ${header} in ${file}`
  if (isNowhere)
    return say`\`${unsetVariables(['AWS_CONFIG_FILE'])}\`, as nothing can be kept there; then ${byHand}`
  // A file that the AWS CLI cannot read it cannot change either.
  return s.botocore.refused === undefined
    ? say`\`${command}\`, or ${byHand}`
    : say`Mend the file, then ${byHand}`
}
