import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { ConfigError } from './config-error.ts'

export type SenderDomainConfig = {
  /** `address:port` of the name servers to ask; null: those of the machine. */
  readonly dnsResolvers: readonly string[] | null
  /** Operator's domain that customers' records may point into; null: delegated mode is not offered. */
  readonly serviceDomain: string | null
  /** Name of the machine that takes bounces and, with direct delivery, sends. */
  readonly mailHost: string
  /** What an SPF record must hold so that mail of this installation passes, like `include:spf.relay.example`. */
  readonly spfMechanisms: readonly string[]
  /** Host that tracking names point to. */
  readonly contentHost: string
}

type Env = Readonly<Record<string, string | undefined>>

const hostPattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const mechanism =
  /^[+]?(?:include:[a-z0-9_.-]+|(?:a|mx)(?::[a-z0-9_.-]+)?(?:\/\d{1,3})?|ip[46]:[0-9a-f:./]+)$/i

const readHost = (env: Env, name: string): string | null => {
  const text = env[name]
  if (!text) return null
  const host = domainToASCII(text.trim().replace(/\.$/, '').toLowerCase())
  if (!hostPattern.test(host) || host.length > 253) throw new ConfigError(name, 'must be a host name')
  return host
}

const readResolvers = (text: string | undefined): readonly string[] | null => {
  if (!text) return null
  return text.split(',').map((part) => {
    const [, plain, bracketed, port] = /^(?:([^[\]]*?)|\[(.+)\])(?::(\d{1,5}))?$/.exec(part.trim()) ?? []
    const address = bracketed ?? plain ?? ''
    const family = isIP(address)
    if (family === 0 || Number(port ?? 53) > 65_535 || Number(port ?? 53) === 0)
      throw new ConfigError(
        'DNS_RESOLVERS',
        'must be a comma list like 9.9.9.9,127.0.0.1:5353,[2620:fe::fe]:53',
      )
    return `${family === 6 ? `[${address}]` : address}:${port ?? 53}`
  })
}

const readMechanisms = (text: string | undefined, mailHost: string): readonly string[] => {
  if (!text) return [`a:${mailHost}`]
  const parts = text.trim().split(/\s+/)
  if (!parts.every((part) => mechanism.test(part)))
    throw new ConfigError('SPF_MECHANISMS', 'must be a list like include:spf.relay.example ip4:192.0.2.7')
  return parts
}

/** How domains of senders are set up and checked (email.md §2). */
export const readSenderDomains = (env: Env, contentHost: string): SenderDomainConfig => {
  const mailHost = readHost(env, 'MAIL_HOST') ?? contentHost
  return {
    dnsResolvers: readResolvers(env['DNS_RESOLVERS']),
    serviceDomain: readHost(env, 'SERVICE_DOMAIN'),
    mailHost,
    spfMechanisms: readMechanisms(env['SPF_MECHANISMS'], mailHost),
    contentHost,
  }
}
