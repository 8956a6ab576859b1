/** How the ID of an access key is shown, everywhere. */
import {say, type SafeText} from './safe-text.js'

/** What AWS makes: 16 to 128 capital letters and digits. Anything else may be a secret in the wrong place. */
const ID = /^[A-Z0-9]{16,128}$/

/** First and last four characters, as the AWS CLI shows them: `AKIA************MPLE`. */
export function maskKeyId(id: string): SafeText {
  return ID.test(id) ? say`${id.slice(0, 4)}${'*'.repeat(12)}${id.slice(-4)}` : say`****`
}
