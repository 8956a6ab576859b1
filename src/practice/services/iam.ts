/** Identity and Access Management, version 2010-05-08. */
import {accessKeyActions} from './iam-access-keys.js'
import {policyActions} from './iam-policies.js'
import {roleActions} from './iam-roles.js'
import {simulateActions} from './iam-simulate.js'
import {userActions} from './iam-users.js'
import {queryService} from './query.js'
import {invalidToken} from '../aws-error.js'

export const iam = queryService({
  name: 'iam',
  version: '2010-05-08',
  namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  actions: {...userActions, ...accessKeyActions, ...policyActions, ...roleActions, ...simulateActions},
  /** IAM does not take the credentials of GetSessionToken unless they were got with MFA; those of a role it does. */
  admit({isTemporary, hasMfa, principal}) {
    if (isTemporary && !hasMfa && principal.kind !== 'role') throw invalidToken()
  },
})
