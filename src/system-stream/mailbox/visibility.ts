import type { FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import { isKept } from '../route.ts'

const isLoopbackAddress = (address: string | undefined): boolean =>
  address !== undefined && /^(?:(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/i.test(address)

const isLoopbackListener = (host: string): boolean => host === 'localhost' || isLoopbackAddress(host)

/**
 * Whether the mailbox exists at all: a development installation that nobody but its own machine can reach. What has a
 * proxy before it is no such installation, whatever it calls itself.
 */
export const hasSystemMailbox = (config: Config): boolean =>
  !config.production &&
  config.loopback &&
  isLoopbackListener(config.listen.host) &&
  config.proxies.trusted.length === 0 &&
  (isKept(config, 'email') || isKept(config, 'sms'))

/** Headers that a proxy or tunnel adds; behind one the socket peer says nothing about who asks. */
const relayHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-server',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-original-forwarded-for',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'x-envoy-external-address',
]

/** The spellings of the own origin, port included: another name that leads here by DNS rebinding is none of them. */
const isOwnHost = (host: string | undefined, config: Config): boolean => {
  const port = new URL(config.publicUrl).port || '80'
  const names = ['localhost', '127.0.0.1', '[::1]']
  const spellings = names.flatMap((name) => (port === '80' ? [name, `${name}:80`] : [`${name}:${port}`]))
  return host !== undefined && spellings.includes(host.toLowerCase())
}

/**
 * Whether this very request comes from the page of this very installation on this very machine. The own header cannot be
 * added by another site without asking first, which is never granted.
 */
export const maySeeMailbox = (request: FastifyRequest, config: Config): boolean => {
  const { headers, raw } = request
  const site = headers['sec-fetch-site']
  return (
    isLoopbackAddress(raw.socket.remoteAddress) &&
    isOwnHost(headers.host, config) &&
    relayHeaders.every((name) => headers[name] === undefined) &&
    (site === undefined || site === 'same-origin') &&
    headers['x-campanile-request'] === '1'
  )
}
