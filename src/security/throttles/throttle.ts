import { createHmac } from 'node:crypto'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, unavailable } from '../../http/errors.ts'
import { checkLimiter } from '../../http/limiter.ts'
import { parseAddress } from '../../lib/addresses/address.ts'
import { type Limit, refundLimits, spendLimits } from '../limits.ts'
import { refundLogin, spendLogin } from './queries.ts'

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

export const addressLimits = (purpose: string, address: string | null, max = 50): readonly Limit[] =>
  networksOf(address).map((network) => ({
    key: `${purpose}:address:${network}`,
    max,
    windowSeconds: quarterHourSeconds,
  }))

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

const tooMany = (waitSeconds: number): AppError =>
  new AppError('rate_limited', 429, '', {}, { 'retry-after': String(waitSeconds) })

/**
 * Spends every bucket of one try before the password is hashed; the same for logins that do not exist.
 * @throws AppError 429 `rate_limited` with `Retry-After`, 503 `unavailable`.
 */
export const spendSignIn = (deps: Deps, tried: Try): Promise<void> =>
  orUnavailable(deps, async () => {
    const loginMac = macOf(deps, 'login', tried.login)
    await spendLimits(deps.db, limitsOf(tried, loginMac))
    if (tried.device) return
    const { admitted, wait } = await inAccount(deps.db, instanceAccountId, (trx) => spendLogin(trx, loginMac))
    if (!admitted) throw tooMany(wait)
  })

/** A right password from a place that may not enter: it counts against the address, not against the login. */
export const refundSignInLogin = (deps: Deps, tried: Try): Promise<unknown> =>
  tried.device
    ? Promise.resolve()
    : inAccount(deps.db, instanceAccountId, (trx) => refundLogin(trx, macOf(deps, 'login', tried.login)))

/** Right in everything: people who sign in often are not taken for guessers. */
export const refundSignIn = async (deps: Deps, tried: Try): Promise<void> => {
  await refundLimits(deps.db, limitsOf(tried, macOf(deps, 'login', tried.login)))
  await refundSignInLogin(deps, tried)
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
