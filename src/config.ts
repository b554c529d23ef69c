import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { type AddressConfig, readAddressConfig } from './config-addresses.ts'
import { type AuditConfig, readAudit } from './config-audit.ts'
import { ConfigError } from './config-error.ts'
import { type InboundConfig, readInbound } from './config-inbound.ts'
import { type PeopleConfig, readPeople } from './config-people.ts'
import { readSenderDomains, type SenderDomainConfig } from './config-sender-domains.ts'
import { readSystemStream, type SystemStreamConfig } from './config-system-stream.ts'
import { isPrivate, parseNetwork } from './lib/addresses/network.ts'
import type { MasterKey } from './lib/secrets.ts'

export type Role = 'web' | 'worker' | 'sender'
export type ListenAt = { readonly host: string; readonly port: number }

export type Config = SystemStreamConfig &
  AddressConfig &
  AuditConfig &
  PeopleConfig &
  InboundConfig &
  SenderDomainConfig & {
    readonly publicUrl: string
    readonly contentUrl: string
    /** True while PUBLIC_URL is plain http on localhost or 127.0.0.1. */
    readonly loopback: boolean
    readonly listen: ListenAt
    /** Second socket for CONTENT_URL; null where both origins share one socket and are told apart by `Host`. */
    readonly contentListen: ListenAt | null
    readonly production: boolean
    readonly databaseUrl: string | null
    readonly databaseMigrationUrl: string | null
    readonly dataDir: string
    readonly roles: readonly Role[]
    readonly senderThreads: number
    readonly metricsListen: ListenAt | null
    readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
    readonly secretKeys: readonly [MasterKey, ...MasterKey[]]
    readonly simulatorSmtpListen: ListenAt | null
    /** Mails that a mailbox of the simulator keeps; the oldest go. */
    readonly simulatorMailsMax: number
    /** Receiver of bounces; a value that could never be used stops the start already now. */
    readonly bounceSmtpListen: ListenAt | null
    /** Where receivers' mail servers listen; another port than 25 reaches allowed private targets alone. */
    readonly mxPort: number
    readonly egressAllow: readonly string[] | 'none' | null
    readonly sessionIdleMinutes: number
    readonly sessionMaxHours: number
    readonly operatorContact: string
    /** What staff may confirm with: app or passkey, or passkeys alone. */
    readonly operatorFactors: 'strong' | 'passkey'
    readonly testSupport: boolean
  }

export { ConfigError }

type Env = Readonly<Record<string, string | undefined>>

const integer = (env: Env, name: string, fallback: number, min: number, max: number): number => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min && value <= max))
    throw new ConfigError(name, `must be a whole number from ${min} to ${max}`)
  return value
}

const oneOf = <const V extends readonly string[]>(
  env: Env,
  name: string,
  values: V,
  fallback: V[number],
): V[number] => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = values.find((candidate) => candidate === text)
  if (value === undefined) throw new ConfigError(name, `must be one of ${values.join(', ')}`)
  return value
}

const isLoopbackHost = (host: string): boolean => host === 'localhost' || host === '127.0.0.1'
const isLoopbackAddress = (host: string): boolean =>
  /^127\.\d+\.\d+\.\d+$/.test(host) || host === '::1' || host === 'localhost'

const origin = (name: string, text: string, production: boolean): URL => {
  if (!URL.canParse(text)) throw new ConfigError(name, 'is not an address like https://panel.example.com')
  const url = new URL(text)
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password || text.endsWith('/')) {
    throw new ConfigError(name, 'must be an origin without path, query or user')
  }
  const loopback = isLoopbackHost(url.hostname)
  if (url.protocol === 'http:' && !loopback)
    throw new ConfigError(name, 'plain http is allowed on localhost and 127.0.0.1 only')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new ConfigError(name, 'must be http or https')
  if (production && loopback) throw new ConfigError(name, 'must not be a loopback address in production')
  return url
}

const listenAt = (env: Env, name: string): ListenAt | null => {
  const text = env[name]
  if (text === undefined || text === '') return null
  const match = /^(\[[0-9a-f:]+\]|[^:\s]+):(\d{1,5})$/i.exec(text)
  const port = Number(match?.[2])
  if (!match?.[1] || !(port >= 0 && port <= 65_535)) throw new ConfigError(name, 'must be host:port')
  return { host: match[1].replace(/^\[|\]$/g, ''), port }
}

/** Bytes that repeat within sixteen or count up are what examples are made of; chance makes none (1 in 2^128). */
const isPattern = (bytes: Buffer): boolean => {
  const repeats = Array.from({ length: 16 }, (_, n) => n + 1).some((period) =>
    bytes.every((byte, at) => byte === bytes[at % period]),
  )
  const counts = bytes.every((byte, at) => at === 0 || byte === ((bytes[at - 1] ?? 0) + 1) % 256)
  return repeats || counts || new Set(bytes).size < 8
}

const parseSecretKeys = (text: string): readonly [MasterKey, ...MasterKey[]] => {
  const keys = text.split(',').map((part) => {
    const match = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/=_-]+)$/.exec(part.trim())
    const bytes = match?.[2] ? Buffer.from(match[2], 'base64') : Buffer.alloc(0)
    if (!match?.[1] || bytes.length < 32)
      throw new ConfigError('SECRET_KEYS', 'each key must be kid:base64 of 32 bytes')
    if (isPattern(bytes))
      throw new ConfigError('SECRET_KEYS', 'a key of repeated or counted bytes, as in examples, is no secret')
    return { id: match[1], bytes: bytes.subarray(0, 32) }
  })
  const [first, ...rest] = keys
  if (!first) throw new ConfigError('SECRET_KEYS', 'is empty')
  if (new Set(keys.map((key) => key.id)).size !== keys.length)
    throw new ConfigError('SECRET_KEYS', 'key ids repeat')
  return [first, ...rest]
}

/** Development only: made once, readable by the owner of the process alone. */
const developmentKeys = (dataDir: string): string => {
  const file = join(dataDir, 'secret-keys')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(dataDir, { recursive: true })
  const made = `dev1:${randomBytes(32).toString('base64')}`
  writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
  return made
}

const rolesOf = (env: Env, roleArgument: string | undefined): readonly Role[] => {
  const text = roleArgument ?? env['ROLES']
  if (!text) return ['web', 'worker', 'sender']
  return text.split(',').map((part) => {
    const role = part.trim()
    if (role !== 'web' && role !== 'worker' && role !== 'sender') {
      throw new ConfigError('ROLES', 'must be a comma list of web, worker, sender')
    }
    return role
  })
}

const egress = (env: Env): Config['egressAllow'] => {
  const text = env['EGRESS_ALLOW']
  if (text === undefined || text === '') return null
  if (text === 'none') return 'none'
  return text.split(',').map((part) => {
    const entry = part.trim()
    const network = parseNetwork(entry)
    if (!network) throw new ConfigError('EGRESS_ALLOW', 'must be a comma list of networks like 10.1.0.0/16')
    if (!isPrivate(network)) throw new ConfigError('EGRESS_ALLOW', `${entry} reaches public addresses`)
    return entry
  })
}

const contentOrigin = (env: Env, panel: URL, port: number, production: boolean): URL => {
  const text = env['CONTENT_URL']
  if (text) {
    const url = origin('CONTENT_URL', text, production)
    if (url.origin === panel.origin) throw new ConfigError('CONTENT_URL', 'must differ from PUBLIC_URL')
    const sameHost = url.hostname === panel.hostname || url.hostname.endsWith(`.${panel.hostname}`)
    if (sameHost && !isLoopbackHost(panel.hostname)) {
      throw new ConfigError('CONTENT_URL', 'must not be the host of PUBLIC_URL or below it')
    }
    return url
  }
  if (!isLoopbackHost(panel.hostname))
    throw new ConfigError('CONTENT_URL', 'is required when PUBLIC_URL is not loopback')
  return new URL(`http://${panel.hostname}:${port + 1}`)
}

/**
 * Reads the environment once (security.md §10).
 * @throws ConfigError naming the variable and the reason.
 */
export const readConfig = (env: Env, roleArgument?: string): Config => {
  const production =
    oneOf(env, 'NODE_ENV', ['development', 'production', 'test'], 'development') === 'production'
  const port = integer(env, 'LISTEN_PORT', 8420, 1, 65_529)
  const host = env['LISTEN_HOST'] || '127.0.0.1'
  const panel = origin('PUBLIC_URL', env['PUBLIC_URL'] || `http://localhost:${port}`, production)
  const loopback = panel.protocol === 'http:'
  const content = contentOrigin(env, panel, port, production)
  const dataDir = resolve(env['DATA_DIR'] || 'data')
  const testSupport = oneOf(env, 'CAMPANILE_TEST_SUPPORT', ['0', '1'], '0') === '1'
  if (testSupport && (production || !loopback || !isLoopbackAddress(host))) {
    throw new ConfigError('CAMPANILE_TEST_SUPPORT', 'is for development on loopback only')
  }
  const secretText = env['SECRET_KEYS']
  if (!secretText && production) throw new ConfigError('SECRET_KEYS', 'is required in production')
  return Object.freeze({
    publicUrl: panel.origin,
    contentUrl: content.origin,
    loopback,
    listen: { host, port },
    contentListen: loopback ? { host, port: Number(content.port) || 80 } : null,
    production,
    databaseUrl: env['DATABASE_URL'] || null,
    databaseMigrationUrl: env['DATABASE_MIGRATION_URL'] || null,
    dataDir,
    roles: rolesOf(env, roleArgument),
    senderThreads: integer(env, 'SENDER_THREADS', Math.max(1, availableParallelism() - 1), 1, 64),
    metricsListen: listenAt(env, 'METRICS_LISTEN'),
    bounceSmtpListen: listenAt(env, 'BOUNCE_SMTP_LISTEN'),
    logLevel: oneOf(env, 'LOG_LEVEL', ['error', 'warn', 'info', 'debug'], 'info'),
    secretKeys: parseSecretKeys(secretText || developmentKeys(dataDir)),
    simulatorSmtpListen:
      listenAt(env, 'SIMULATOR_SMTP_LISTEN') ?? (production ? null : { host: '127.0.0.1', port: port + 5 }),
    simulatorMailsMax: integer(env, 'SIMULATOR_MAILS_MAX', 200_000, 100, 10_000_000),
    mxPort: integer(env, 'MX_PORT', 25, 1, 65_535),
    egressAllow: egress(env),
    sessionIdleMinutes: integer(env, 'SESSION_IDLE_MINUTES', 60, 1, 60),
    sessionMaxHours: integer(env, 'SESSION_MAX_HOURS', 24, 1, 24),
    operatorContact: env['OPERATOR_CONTACT'] ?? '',
    operatorFactors: oneOf(env, 'OPERATOR_FACTORS', ['strong', 'passkey'], 'strong'),
    testSupport,
    ...readPeople(env, testSupport),
    ...readInbound(env),
    ...readSenderDomains(env, content.hostname),
    ...readAudit(env, dataDir, production),
    ...readAddressConfig(env, loopback),
    ...readSystemStream(env, panel.hostname, production),
  })
}
