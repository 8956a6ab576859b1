/** A program of its own: signs in with a code and reads a key. Standard input holds the address, the start URL and a code. */
import {readFileSync} from 'node:fs'
import {networkFrom} from '../../../src/aws/network.js'
import {awaitDevice, startDevice} from '../../../src/aws/sso-device.js'
import {refresh, register} from '../../../src/aws/sso-oidc.js'
import {listAccounts, listRoles, roleCredentials, signOut} from '../../../src/aws/sso-portal.js'
import {region, signal} from '../keys.js'

const {url, startUrl} = JSON.parse(readFileSync(0, 'utf8')) as {url: string; startUrl: string}
const context = {network: await networkFrom({AWS_ENDPOINT_URL: url}), signal}
const session = {name: 'acme', startUrl, region: region('eu-west-1'), scopes: ['sso:account:access']}
const registration = await register(session, 'device', context)
const attempt = {...(await startDevice(session, registration, context)), intervalMs: 10}
const token = await refresh(await awaitDevice(session, registration, attempt, context), context)
const [account] = await listAccounts(token, context)
const [role] = await listRoles(token, account!.accountId, context)
const {key} = await roleCredentials(token, role!, context)
await signOut(token, context)
process.stdout.write(JSON.stringify({...role, kind: key.accessKeyId.slice(0, 4)}))
