import {execFileSync, spawnSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

export interface Leaf {
  readonly cert: string
  readonly key: string
}

export interface Authority {
  /** Path of the root certificate. */
  readonly file: string
  /** A certificate for `host`, signed by the root, sent with it. */
  leaf(host: string, validity?: {from: string; to: string}): Leaf
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
const FROM = '20200101000000Z'
const TO = '20490101000000Z'

/** A certificate authority as a company has one, made with openssl in a folder. */
export function authority(folder: string): Authority {
  const path = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, {cwd: folder, stdio: 'pipe'})
  writeFileSync(
    path('ca.cnf'),
    '[ca]\ndefault_ca=ours\n[ours]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\nunique_subject=no\npolicy=any\n[any]\ncommonName=supplied\n',
  )
  writeFileSync(path('index.txt'), '')
  const root = path('root.pem')
  openssl(
    'req',
    '-x509',
    ...KEY,
    '-days',
    '30',
    '-subj',
    '/CN=Company CA',
    '-keyout',
    'root.key',
    '-out',
    root,
  )
  let count = 0
  return {
    file: root,
    leaf: (host, {from, to} = {from: FROM, to: TO}) => {
      const name = `leaf${(count += 1)}`
      const isAddress = /^[\d.]+$/.test(host)
      writeFileSync(path(`${name}.ext`), `subjectAltName=${isAddress ? 'IP' : 'DNS'}:${host}\n`)
      openssl('req', '-new', ...KEY, '-subj', `/CN=${host}`, '-keyout', `${name}.key`, '-out', `${name}.csr`)
      openssl(
        ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-cert', root, '-keyfile', 'root.key'],
        ...[
          '-in',
          `${name}.csr`,
          '-extfile',
          `${name}.ext`,
          '-startdate',
          from,
          '-enddate',
          to,
          '-out',
          `${name}.pem`,
        ],
      )
      return {
        cert: readFileSync(path(`${name}.pem`), 'utf8') + readFileSync(root, 'utf8'),
        key: readFileSync(path(`${name}.key`), 'utf8'),
      }
    },
  }
}
