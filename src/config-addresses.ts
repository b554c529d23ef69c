import { ConfigError } from './config-error.ts'
import type { ProxySettings } from './lib/addresses/client-address.ts'
import { readAddressSource, readTrustedProxies } from './lib/addresses/proxy-settings.ts'

export type AddressConfig = {
  /** Whose word about the client's address is taken, and where it stands (security.md §2.4). */
  readonly proxies: ProxySettings
  /** Whether private networks may stand in the lists of addresses. */
  readonly allowPrivateEntries: boolean
}

type Env = Readonly<Record<string, string | undefined>>

const flag = (env: Env, name: string, fallback: boolean): boolean => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  if (text !== 'true' && text !== 'false') throw new ConfigError(name, 'must be true or false')
  return text === 'true'
}

/** @throws ConfigError for every setting that would take an address from whoever writes one. */
export const readAddressConfig = (env: Env, loopback: boolean): AddressConfig => {
  const trusted = readTrustedProxies((env['TRUSTED_PROXIES'] ?? '').trim())
  if (typeof trusted === 'string') throw new ConfigError('TRUSTED_PROXIES', trusted)
  const source = readAddressSource(env['CLIENT_ADDRESS_SOURCE'] || 'x-forwarded-for')
  if (!source) {
    throw new ConfigError(
      'CLIENT_ADDRESS_SOURCE',
      'must be x-forwarded-for, forwarded, proxy-protocol or header:<name>',
    )
  }
  return {
    proxies: { trusted, source, allowPort: flag(env, 'CLIENT_ADDRESS_ALLOW_PORT', false) },
    allowPrivateEntries: flag(env, 'ALLOW_PRIVATE_ENTRIES', loopback),
  }
}
