/** A program of its own: asks whose a key is and what it may do, and prints both. Standard input holds key and address. */
import {readFileSync} from 'node:fs'
import {readAccess} from '../../../src/aws/access.js'
import {verifyIdentity} from '../../../src/aws/identity.js'
import {networkFrom} from '../../../src/aws/network.js'
import type {PracticeCredentials} from '../../../src/practice/helpers.js'
import {asKey, region, signal} from '../keys.js'

const {url, credentials} = JSON.parse(readFileSync(0, 'utf8')) as {
  url: string
  credentials: PracticeCredentials
}
const key = asKey(credentials)
const network = await networkFrom({AWS_ENDPOINT_URL: url})
const identity = await verifyIdentity(key, {region: region('us-east-1'), network, signal})
const {missing} = await readAccess(key, identity, {network, signal})
process.stdout.write(JSON.stringify({arn: identity.arn, missing}))
