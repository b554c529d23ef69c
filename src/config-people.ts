import { existsSync } from 'node:fs'
import { ConfigError } from './config-error.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Where passwords known from leaks are looked up (security.md §4.2). */
export type BreachedPasswords =
  | { readonly kind: 'off' }
  | { readonly kind: 'range'; readonly endpoint: string }
  | { readonly kind: 'file'; readonly path: string }

export type PeopleConfig = {
  readonly signUpOpen: boolean
  /** Laid over the catalogue for accounts made by sign-up. */
  readonly defaultEntitlements: Readonly<Record<string, boolean | number>>
  readonly breachedPasswords: BreachedPasswords
}

const readSignUp = (text: string | undefined, testSupport: boolean): boolean => {
  if (!text) return testSupport
  if (text !== 'open' && text !== 'closed') throw new ConfigError('SIGN_UP', 'must be open or closed')
  return text === 'open'
}

const grantedValue = (text: string): boolean | number | null => {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

const readEntitlements = (text: string | undefined): PeopleConfig['defaultEntitlements'] =>
  Object.fromEntries(
    (text || 'mfa=false').split(',').map((part) => {
      const [, key, written] = /^\s*([a-z_.]+)=([a-z0-9]+)\s*$/.exec(part) ?? []
      const value = written === undefined ? null : grantedValue(written)
      if (key === undefined || value === null)
        throw new ConfigError('DEFAULT_ENTITLEMENTS', 'must be a comma list like mfa=true,limit.users=10')
      return [key, value]
    }),
  )

const readBreached = (text: string | undefined): BreachedPasswords => {
  if (!text || text === 'off') return { kind: 'off' }
  const [, kind, rest = ''] = /^(range|file):(.+)$/s.exec(text) ?? []
  if (kind === 'file') {
    if (!existsSync(rest)) throw new ConfigError('BREACHED_PASSWORDS', 'the file is not there')
    return { kind, path: rest }
  }
  if (kind === 'range' && URL.canParse(rest) && /^https?:$/.test(new URL(rest).protocol))
    return { kind, endpoint: rest.replace(/\/$/, '') }
  throw new ConfigError('BREACHED_PASSWORDS', 'must be off, range:<endpoint> or file:<path>')
}

/** Sign-up and the strength of passwords (security.md §10). */
export const readPeople = (env: Env, testSupport: boolean): PeopleConfig => ({
  signUpOpen: readSignUp(env['SIGN_UP'], testSupport),
  defaultEntitlements: readEntitlements(env['DEFAULT_ENTITLEMENTS']),
  breachedPasswords: readBreached(env['BREACHED_PASSWORDS']),
})
