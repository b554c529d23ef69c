import { isIP } from 'node:net'
import { invalid, invalidField, unprocessable } from '../http/errors.ts'
import { canonicalHost, isPublicPort, type OutboundGuard, TargetError } from '../lib/outbound-guard/index.ts'
import type { NewProvider, Provider } from './contract.ts'
import { readReceipts, type StoredReceipts } from './receipts/settings.ts'

export type ConfigGiven = NewProvider['config']
export type Limits = Provider['limits']
/** What the column `config` holds: nothing secret. */
export type StoredConfig = {
  readonly host?: string
  readonly port?: number
  readonly tls?: 'starttls' | 'tls' | 'none'
  readonly username?: string | null
  readonly ehlo_name?: string | null
  readonly source_addresses?: readonly string[]
  readonly receipts?: StoredReceipts | null
}
export type Secrets = { readonly password?: string; readonly receipts_secret?: string }
export type Read = { readonly config: StoredConfig; readonly secrets: Secrets }

const required = (pointer: string) => ({ pointer, code: 'required', detail: 'is needed' })
const ehloPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[A-Za-z0-9.:]+\])$/

const merge = (stored: Read, given: ConfigGiven) => ({
  host: given.host ?? stored.config.host,
  port: given.port ?? stored.config.port,
  tls: given.tls ?? stored.config.tls,
  username: given.username === undefined ? (stored.config.username ?? null) : given.username,
  password: given.password === undefined ? (stored.secrets.password ?? null) : given.password,
  ehloName: given.ehlo_name === undefined ? (stored.config.ehlo_name ?? null) : given.ehlo_name,
})

const checkCredentials = (username: string | null, password: string | null): void => {
  if (username === null && password !== null) throw invalid(required('/config/username'))
  if (username !== null && password === null) throw invalid(required('/config/password'))
}

/** Members that belong to another kind are refused, whatever they hold. */
const refuseOthers = (given: ConfigGiven, own: readonly string[], detail: string): void => {
  const extra = Object.keys(given).filter((name) => !own.includes(name))
  if (extra.length > 0)
    throw invalid(...extra.map((name) => ({ pointer: `/config/${name}`, code: 'unknown_field', detail })))
}

const smtpMembers = ['host', 'port', 'tls', 'username', 'password', 'ehlo_name', 'receipts']

const readSmtp = (stored: Read, given: ConfigGiven): Read => {
  refuseOthers(given, smtpMembers, 'a relay has no such setting')
  const { host: name, port, tls, username, password, ehloName } = merge(stored, given)
  if (name === undefined || port === undefined)
    throw invalid(
      ...(name === undefined ? [required('/config/host')] : []),
      ...(port === undefined ? [required('/config/port')] : []),
    )
  const host = canonicalHost(name)
  if (host === null) throw invalidField('/config/host', 'pattern', 'is no host name or address')
  if (ehloName !== null && !ehloPattern.test(ehloName))
    throw invalidField('/config/ehlo_name', 'pattern', 'is no host name')
  checkCredentials(username, password)
  const { receipts, secret } = readReceipts(
    { receipts: stored.config.receipts ?? null, secret: stored.secrets.receipts_secret ?? null },
    given.receipts,
  )
  return {
    config: {
      host,
      port,
      tls: tls ?? (port === 465 ? 'tls' : 'starttls'),
      username,
      ehlo_name: ehloName,
      ...(receipts ? { receipts } : {}),
    },
    secrets: {
      ...(password === null ? {} : { password }),
      ...(secret === null ? {} : { receipts_secret: secret }),
    },
  }
}

/** Each address once, in its one spelling. */
const readAddresses = (given: readonly string[]): string[] => {
  const addresses = given.map((address) => (isIP(address) === 0 ? null : canonicalHost(address)))
  const wrong = addresses.indexOf(null)
  if (wrong !== -1) throw invalidField(`/config/source_addresses/${wrong}`, 'pattern', 'is no address')
  return [...new Set(addresses.filter((address) => address !== null))]
}

const readMx = (stored: Read, given: ConfigGiven): Read => {
  refuseOthers(given, ['ehlo_name', 'source_addresses'], 'direct delivery has no such setting')
  const { ehlo_name: oldName = null, source_addresses: oldAddresses = [] } = stored.config
  const ehloName = given.ehlo_name === undefined ? oldName : given.ehlo_name
  if (ehloName !== null && !ehloPattern.test(ehloName))
    throw invalidField('/config/ehlo_name', 'pattern', 'is no host name')
  const addresses = given.source_addresses === undefined ? oldAddresses : (given.source_addresses ?? [])
  return { config: { ehlo_name: ehloName, source_addresses: readAddresses(addresses) }, secrets: {} }
}

const readSimulator = (_stored: Read, given: ConfigGiven): Read => {
  refuseOthers(given, [], 'the built-in mailbox has no settings')
  return { config: {}, secrets: {} }
}

export const nothing: Read = { config: {}, secrets: {} }

const readers = { smtp: readSmtp, mx: readMx, simulator: readSimulator } as const

/** Merges what was given into what is stored and judges the whole. */
export const readConfig = (kind: Provider['kind'], stored: Read, given: ConfigGiven): Read =>
  readers[kind](stored, given)

const isUnresolvedFine = ({ port = 0, tls }: StoredConfig): boolean =>
  tls !== 'none' && isPublicPort('relay', port)

/**
 * Judges the target before it is stored. A name that does not resolve now is let in on the ports of public relays: it
 * is vetted again at every connection, and the check tells the fault.
 */
export const vetTarget = async (guard: OutboundGuard, config: StoredConfig): Promise<void> => {
  if (config.host === undefined || config.port === undefined) return
  try {
    const target = await guard.vet('relay', config.host, config.port)
    if (config.tls === 'none' && !target.allowedPrivate)
      throw invalidField('/config/tls', 'not_in_list', 'plain text is allowed to private targets only')
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    if (error.code === 'dns_failed' && isUnresolvedFine(config)) return
    throw unprocessable('url_refused', error.message)
  }
}

/** True when a stored password would go to another server, or over a weaker line, than it was given for. */
export const exposesSecret = (before: Read, after: Read): boolean =>
  before.secrets.password !== undefined &&
  after.secrets.password !== undefined &&
  (before.config.host !== after.config.host ||
    before.config.port !== after.config.port ||
    before.config.tls !== after.config.tls)

const noLimits: Limits = {
  per_second: null,
  per_minute: null,
  per_hour: null,
  per_day: null,
  concurrent: null,
  max_batch: null,
}
/** Members given replace those stored. */
export const mergeLimits = (stored: Partial<Limits>, given: Partial<Limits> | undefined): Limits => ({
  ...noLimits,
  ...stored,
  ...given,
})
