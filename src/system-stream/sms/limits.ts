import type { SmsFigures } from './queries.ts'

export const smsPerUserHourMax = 5
export const smsPerUserDayMax = 10
export const smsPerNumberHourMax = 5
export const smsPerPrefixHourMax = 20
/** An account's budget until the operator sets another. */
export const smsAccountDayDefault = 100
/** From this many sends on, a country or prefix must show that people type its codes in. */
const judgedFromSends = 20
const verifiedShareMin = 0.25

const hourSeconds = 3_600
const daySeconds = 86_400

export type SmsRefusal = { readonly limit: string; readonly retryAfterSeconds: number }

/** Pumped traffic is never typed in; real people's codes are (security.md §3.3). */
const isPaused = (sends: number, verified: number): boolean =>
  sends >= judgedFromSends && verified / sends < verifiedShareMin

/** The first limit that one more send of this weight would pass, or null. */
export const refusalOf = (
  figures: SmsFigures,
  weight: number,
  budgets: { readonly account: number; readonly platform: number },
): SmsRefusal | null => {
  const limits: readonly (readonly [string, boolean, number])[] = [
    ['user', figures.user_hour + weight > smsPerUserHourMax, hourSeconds],
    ['user', figures.user_day + weight > smsPerUserDayMax, daySeconds],
    ['number', figures.number_hour + weight > smsPerNumberHourMax, hourSeconds],
    ['prefix', figures.prefix_hour + weight > smsPerPrefixHourMax, hourSeconds],
    ['prefix_paused', isPaused(figures.prefix_sends, figures.prefix_verified), daySeconds],
    ['country_paused', isPaused(figures.country_sends, figures.country_verified), daySeconds],
    ['account', figures.account_day + 1 > budgets.account, daySeconds],
    ['platform', figures.platform_day + 1 > budgets.platform, daySeconds],
  ]
  const [limit, , retryAfterSeconds] = limits.find(([, passed]) => passed) ?? []
  return limit !== undefined && retryAfterSeconds !== undefined ? { limit, retryAfterSeconds } : null
}
