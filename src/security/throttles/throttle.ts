import { createHmac } from 'node:crypto'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, unavailable } from '../../http/errors.ts'
import { checkLimiter } from '../../http/limiter.ts'
import { parseAddress } from '../../lib/addresses/address.ts'
import { type Limit, rateLimited, refundBuckets, refundLimits, spendBuckets, spendLimits } from '../limits.ts'
import { isPasswordRefused, refundLogin, spendLogin } from './queries.ts'

const quarterHourSeconds = 900

/** Buckets and marks are keyed hashes: the tables tell neither logins nor passwords. */
export const macOf = ({ keys }: Pick<Deps, 'keys'>, kind: 'login' | 'password', text: string): Buffer =>
  createHmac('sha256', keys.purposeKey('sign-in-throttle')).update(`${kind}\n${text}`).digest()

/** One customer of IPv6 has at least a /64 and often a /48, so both are one caller (security.md §4.2). */
const networksOf = (address: string | null): readonly string[] => {
  if (address === null) return ['unresolved']
  const parsed = parseAddress(address)
  if (!parsed || parsed.family === 4) return [address]
  return [64n, 48n].map((length) => `${(parsed.value >> (128n - length)).toString(16)}/${length}`)
}

/** The buckets of a caller for one purpose: his address, or the networks that are one caller in IPv6. */
export const addressLimits = (
  purpose: string,
  address: string | null,
  max = 50,
  windowSeconds = quarterHourSeconds,
): readonly Limit[] =>
  networksOf(address).map((network) => ({ key: `${purpose}:address:${network}`, max, windowSeconds }))

export type Try = {
  readonly login: string
  readonly address: string | null
  /** Token hash of a device that this very person signed in from before; it has a bucket of its own. */
  readonly device: Buffer | null
}

/** A limiter that is away closes the sign-in (security.md §4.9). */
const orUnavailable = async <T>(deps: Deps, act: () => Promise<T>): Promise<T> => {
  checkLimiter(deps.db)
  try {
    return await act()
  } catch (error) {
    if (error instanceof AppError) throw error
    deps.log.error({ err: error }, 'the store of limits does not answer')
    throw unavailable()
  }
}

const limitsOf = (tried: Try, loginMac: Buffer): readonly Limit[] => {
  if (tried.device)
    return [
      { key: `sign-in:device:${tried.device.toString('hex')}`, max: 10, windowSeconds: quarterHourSeconds },
    ]
  const [narrow = 'unresolved'] = networksOf(tried.address)
  const login = loginMac.toString('hex')
  return [
    ...addressLimits('sign-in', tried.address),
    { key: `sign-in:login-address:${login}:${narrow}`, max: 10, windowSeconds: quarterHourSeconds },
  ]
}

/**
 * Spends every bucket of one try before the password is hashed, the same for logins that do not exist, and says whether
 * this password is being tried over many logins at present. One transaction, committed alone.
 * @throws AppError 429 `rate_limited` with `Retry-After`, 503 `unavailable`.
 */
export const spendSignIn = (
  deps: Deps,
  tried: Try,
  password: string,
): Promise<{ readonly sprayed: boolean }> =>
  orUnavailable(deps, async () => {
    const loginMac = macOf(deps, 'login', tried.login)
    const passwordMac = macOf(deps, 'password', password.normalize('NFC'))
    const spent = await inAccount(deps.db, instanceAccountId, async (trx) => {
      const wait = await spendBuckets(trx, limitsOf(tried, loginMac))
      if (wait > 0) return { wait, sprayed: false }
      const login = tried.device ? { admitted: true, wait: 0 } : await spendLogin(trx, loginMac)
      return { wait: login.admitted ? 0 : login.wait, sprayed: await isPasswordRefused(trx, passwordMac) }
    })
    if (spent.wait > 0) throw rateLimited(spent.wait)
    return { sprayed: spent.sprayed }
  })

/** A right password from a place that may not enter: it counts against the address, not against the login. */
export const refundSignInLogin = (deps: Deps, tried: Try): Promise<unknown> =>
  tried.device
    ? Promise.resolve()
    : inAccount(deps.db, instanceAccountId, (trx) => refundLogin(trx, macOf(deps, 'login', tried.login)))

/** Right in everything: people who sign in often are not taken for guessers. */
export const refundSignIn = (deps: Deps, tried: Try): Promise<void> => {
  const loginMac = macOf(deps, 'login', tried.login)
  return inAccount(deps.db, instanceAccountId, async (trx) => {
    await refundBuckets(trx, limitsOf(tried, loginMac))
    if (!tried.device) await refundLogin(trx, loginMac)
  })
}

const verifyLimit = (address: string | null): Limit => ({
  key: `verify:address:${networksOf(address)[0]}`,
  max: 10,
  windowSeconds: 60,
})

/** Ten answers a minute and address, whatever they answer (security.md §4.9); a right one is given back. */
export const spendVerify = (deps: Deps, address: string | null): Promise<void> =>
  orUnavailable(deps, () => spendLimits(deps.db, [verifyLimit(address)]))
export const refundVerify = (deps: Deps, address: string | null): Promise<unknown> =>
  refundLimits(deps.db, [verifyLimit(address)])

/** Public paths without a login: links, passkey options. */
export const spendAddress = (deps: Deps, purpose: string, address: string | null): Promise<void> =>
  orUnavailable(deps, () => spendLimits(deps.db, addressLimits(purpose, address)))
