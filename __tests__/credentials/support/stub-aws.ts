import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

/**
 * Stands for every service a chain may ask. The key IDs it gives say how they came about:
 * `ROLE(arn)<signer>`, `WEB(arn)`, `SSO(account/role)`, `CONTAINER`, `INSTANCE`.
 */
export class StubAws {
  readonly #server: Server
  url = ''

  constructor() {
    this.#server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => answer(request, body, response))
    })
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

const later = () => new Date(Date.now() + 6 * 3_600_000).toISOString().replace(/\.\d+/, '')

function answer(request: IncomingMessage, body: string, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://stub')
  const json = (status: number, value: unknown, headers = {}) =>
    response.writeHead(status, {'content-type': 'application/json', ...headers}).end(JSON.stringify(value))
  const keys = (id: string) => ({
    AccessKeyId: id,
    SecretAccessKey: 'secret',
    Token: 'token',
    Expiration: later(),
    Code: 'Success',
  })
  if (url.pathname === '/container') return void json(200, keys('CONTAINER'))
  if (url.pathname === '/latest/api/token') {
    response.setHeader('x-aws-ec2-metadata-token-ttl-seconds', '21600')
    return void response.end('token')
  }
  if (url.pathname === '/latest/meta-data/iam/security-credentials/') return void response.end('machine')
  if (url.pathname === '/latest/meta-data/iam/security-credentials/machine')
    return void json(200, keys('INSTANCE'))
  if (url.pathname === '/federation/credentials')
    return void json(200, {
      roleCredentials: {
        accessKeyId: `SSO(${url.searchParams.get('account_id')}/${url.searchParams.get('role_name')})`,
        secretAccessKey: 'secret',
        sessionToken: 'token',
        expiration: Date.now() + 6 * 3_600_000,
      },
    })
  if (url.pathname === '/token') {
    if (body.includes('over'))
      return void json(401, {error: 'invalid_client'}, {'x-amzn-errortype': 'InvalidClientException'})
    return void json(200, {accessToken: 'renewed', expiresIn: 28_800, tokenType: 'Bearer'})
  }
  const form = new URLSearchParams(body)
  const action = form.get('Action')
  if (action === 'AssumeRole' || action === 'AssumeRoleWithWebIdentity') {
    const signer = /Credential=([^,]*)\/\d{8}\//.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const arn = form.get('RoleArn')
    const id = action === 'AssumeRole' ? `ROLE(${arn})${signer}` : `WEB(${arn})`
    response.writeHead(200, {'content-type': 'text/xml'})
    response.end(`<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>
<AccessKeyId>${id}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
<Expiration>${later()}</Expiration></Credentials><AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>x</AssumedRoleId></AssumedRoleUser>
</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`)
    return
  }
  response.writeHead(404).end()
}
