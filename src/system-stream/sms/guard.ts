import { effectiveEntitlements, listEntitlementOverrides } from '../../accounts/index.ts'
import { type Db, inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { checkLimiter } from '../../http/limiter.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { macOf } from '../content.ts'
import { refusalOf, smsAccountDayDefault } from './limits.ts'
import { checkPhone, defaultSmsCountries } from './phone.ts'
import { countSmsSends, deleteSmsSends, insertSmsSend, lockSmsGuard, markSmsVerified } from './queries.ts'

type Allowance = { readonly countries: readonly string[]; readonly account: number }

/** What the operator granted the account: countries that codes go to, and how many a day. */
export const findSmsAllowance = ({ db }: Pick<Deps, 'db'>, accountId: string): Promise<Allowance> =>
  inAccount(db, accountId, async (trx) => {
    const granted = effectiveEntitlements(await listEntitlementOverrides(trx, accountId))
    const countries = granted['sms_countries']
    const budget = granted['sms_daily_budget']
    return {
      countries: Array.isArray(countries) ? countries.map(String) : defaultSmsCountries,
      account: typeof budget === 'number' ? budget : smsAccountDayDefault,
    }
  })

export type SmsGuarded = {
  readonly accountId: string
  readonly userId: string
  readonly phone: string
  /** 2 for the change of a number (security.md §3.3). */
  readonly weight?: 1 | 2
}

/** Numbers that share all but the last four digits are one prefix: fraud takes them in blocks. */
const prefixOf = (phone: string): string => phone.slice(0, -4)

const refuse = ({ log }: Deps, limit: string, country: string, retryAfterSeconds: number): never => {
  log.warn({ part: 'system-stream', limit, country }, 'a code by SMS was not sent')
  throw new AppError('sms_limited', 429, '', {}, { 'retry-after': String(retryAfterSeconds) })
}

/**
 * Counts one code by SMS before it is sent, committed alone; call it before the transaction that sends.
 * @throws AppError 422 `phone_not_allowed`, 429 `sms_limited` with `Retry-After`, 503 `unavailable`; then nothing may
 * be sent.
 */
export const guardSms = async (
  deps: Deps,
  { accountId, userId, phone, weight = 1 }: SmsGuarded,
): Promise<void> => {
  checkLimiter(deps.db)
  const { countries, account } = await findSmsAllowance(deps, accountId)
  const { number, country } = checkPhone(phone, countries)
  const send = {
    id: uuidV7(deps.clock.now()),
    accountId,
    userId,
    numberMac: macOf(deps, number),
    prefixMac: macOf(deps, prefixOf(number)),
    country,
    weight,
  }
  if (deps.config.systemSms === 'off') return refuse(deps, 'no_route', country, 3_600)
  const refusal = await inAccount(deps.db, instanceAccountId, async (trx) => {
    await lockSmsGuard(trx)
    const figures = await countSmsSends(trx, send)
    const found = refusalOf(figures, weight, { account, platform: deps.config.smsDailyLimit })
    if (!found) await insertSmsSend(trx, send)
    return found
  })
  if (refusal) refuse(deps, refusal.limit, country, refusal.retryAfterSeconds)
}

/** A code that went to this number was typed in rightly. */
export const noteSmsVerified = (deps: Deps, { phone }: { readonly phone: string }): Promise<void> =>
  inAccount(deps.db, instanceAccountId, (trx) => markSmsVerified(trx, macOf(deps, phone)))

/** Test support: budgets, limits and pauses begin anew. */
export const resetSmsGuard = ({ db }: { readonly db: Db }): Promise<void> =>
  inAccount(db, instanceAccountId, (trx) => deleteSmsSends(trx, null))
