import {connect, createServer, type AddressInfo, type Server, type Socket} from 'node:net'
import {createServer as createTlsServer} from 'node:tls'
import type {Leaf} from './certificates.js'

export interface Standing {
  readonly port: number
  close(): void
}

/** A port that speaks TLS and hands what it decrypts on to the server at `url`. */
export async function tlsInFrontOf(url: string, leaf: Leaf): Promise<Standing> {
  return standing(
    createTlsServer({...leaf}, (socket) => {
      pair(socket, Number(new URL(url).port))
    }),
  )
}

export interface StandingProxy extends Standing {
  readonly url: string
  /** The first line and the headers of each request, as they came. */
  readonly asked: string[]
}

/** A proxy for CONNECT that leads to `target`, whatever host is asked for; or answers with `refusal`. */
export async function connectProxy(target: number, refusal?: string): Promise<StandingProxy> {
  const asked: string[] = []
  const server = await standing(
    createServer((client) => {
      client.on('error', () => undefined)
      client.once('data', (head) => {
        asked.push(head.toString())
        if (refusal !== undefined) return void client.end(refusal)
        client.write('HTTP/1.1 200 OK\r\n\r\n')
        return void pair(client, target)
      })
    }),
  )
  return {...server, url: `http://127.0.0.1:${server.port}`, asked}
}

function pair(socket: Socket, port: number): void {
  const upstream = connect(port, '127.0.0.1')
  upstream.on('error', () => socket.destroy())
  socket.on('error', () => upstream.destroy())
  socket.pipe(upstream).pipe(socket)
}

async function standing(server: Server): Promise<Standing> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => open.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
