/** Lines for the person's own shell that show or set what the machine has. */
import {say, type SafeText} from './safe-text.js'
import {shell, type Shell} from './shell.js'

/** An empty folder, and into it. */
export function newFolder(name: string, of: Shell = shell()): SafeText {
  return of === 'powershell' ? say`mkdir ${name}; cd ${name}` : say`mkdir ${name} && cd ${name}`
}

/** Variables of the environment that stand between this machine and AWS. */
export function seeNetworkVariables(of: Shell = shell()): SafeText {
  if (of === 'powershell') return say`Get-ChildItem Env: | Where-Object Name -Match 'proxy|AWS_ENDPOINT'`
  return of === 'cmd'
    ? say`set | findstr /i "proxy AWS_ENDPOINT"`
    : say`env | grep -i -e proxy -e AWS_ENDPOINT`
}

/** Lets the clock be set from the network. */
export function setClock(platform: NodeJS.Platform = process.platform): SafeText {
  if (platform === 'win32') return say`w32tm /resync`
  return platform === 'darwin' ? say`sudo sntp -sS time.apple.com` : say`sudo timedatectl set-ntp true`
}
