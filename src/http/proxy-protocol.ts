import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import { parseAddress } from '../lib/addresses/address.ts'
import type { ProxySettings } from '../lib/addresses/client-address.ts'
import { isTrustedPeer } from '../lib/addresses/client-address.ts'
import { type Preamble, preambleBytesMax, readPreamble } from '../lib/addresses/proxy-preamble.ts'

const preambles = new WeakMap<object, string | null>()
/** A proxy sends its preamble with the first bytes; who stays silent keeps no connection open. */
const preambleMsMax = 5_000

/** What the proxy in front of this connection said; undefined when none said anything. */
export const preambleOf = (socket: object): string | null | undefined => preambles.get(socket)

const settle = (socket: Socket, preamble: Exclude<Preamble, 'more'>): boolean => {
  if (preamble === 'malformed') return false
  if (preamble !== 'none') {
    const { command, address } = preamble
    // A LOCAL connection is the proxy's own (health checks): the peer itself is the client.
    const named = command === 'local' ? (socket.remoteAddress ?? null) : address
    preambles.set(socket, named !== null && parseAddress(named) ? named : null)
  }
  return true
}

/** Reads the preamble and hands the connection on with what came after it; a broken one is not answered. */
const awaitPreamble = (socket: Socket, handOn: () => void): void => {
  let seen = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), preambleMsMax)
  const done = (): void => {
    clearTimeout(timer)
    socket.off('readable', read)
    socket.off('end', end)
  }
  const end = (): void => {
    done()
    socket.destroy()
  }
  const read = (): void => {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) return
    seen = Buffer.concat([seen, chunk])
    const preamble = readPreamble(seen)
    if (preamble === 'more' && seen.length <= preambleBytesMax) return
    done()
    if (preamble === 'more' || !settle(socket, preamble)) {
      socket.destroy()
      return
    }
    const rest = typeof preamble === 'object' ? seen.subarray(preamble.length) : seen
    if (rest.length > 0) socket.unshift(rest)
    handOn()
  }
  socket.on('readable', read)
  socket.on('end', end)
  socket.on('error', end)
}

/**
 * Lets trusted peers say by PROXY protocol v2 for whom they speak, before the first byte of HTTP. Nobody else's
 * preamble is read: it would be a bad request.
 */
export const acceptProxyProtocol = (server: HttpServer, settings: ProxySettings): void => {
  if (settings.source.kind !== 'proxy-protocol') return
  const listeners = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const handOn = (): void => {
      for (const listener of listeners) listener.call(server, socket)
    }
    if (isTrustedPeer(settings, socket.remoteAddress)) awaitPreamble(socket, handOn)
    else handOn()
  })
}
