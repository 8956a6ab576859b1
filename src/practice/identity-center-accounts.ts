/** The organisation that a fresh identity center knows: enough accounts for several pages, and the odd ones. */

export interface AssignedAccount {
  readonly accountId: string
  /** Left out for an account that nobody named. */
  readonly name?: string
  readonly email?: string
  /** Names of permission sets, as the portal shows them. */
  readonly roles: readonly string[]
}

export const DEFAULT_ACCOUNTS: readonly AssignedAccount[] = [
  account('123456789012', 'Practice', ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess']),
  account('000000000042', 'Legacy', ['ReadOnlyAccess']),
  account('111111111101', 'Shop Development', ['AdministratorAccess', 'PowerUserAccess']),
  account('111111111102', 'Shop Staging', ['AdministratorAccess', 'ReadOnlyAccess']),
  account('111111111103', 'Shop Production', ['Deployer', 'ReadOnlyAccess']),
  account('222222222201', 'Data & Reports', ['DataAnalyst', 'ReadOnlyAccess']),
  account('222222222202', 'Data Lake', ['DataAnalyst', 'PowerUserAccess', 'ReadOnlyAccess']),
  account('333333333301', 'Log Archive', ['ReadOnlyAccess', 'SecurityAudit']),
  account('333333333302', 'Security Tooling', ['SecurityAudit']),
  account('444444444401', 'Sandbox – Zoë', ['AdministratorAccess']),
  // Two accounts of one name, as organisations do have them.
  account('444444444402', 'Sandbox', [
    'AdministratorAccess',
    'Billing',
    'DataAnalyst',
    'Deployer',
    'NetworkAdministrator',
    'PowerUserAccess',
    'ReadOnlyAccess',
  ]),
  account('444444444403', 'Sandbox', ['AdministratorAccess']),
  {accountId: '555555555501', roles: ['ReadOnlyAccess']},
]

function account(accountId: string, name: string, roles: readonly string[]): AssignedAccount {
  return {accountId, name, email: `aws+${accountId}@example.com`, roles}
}
