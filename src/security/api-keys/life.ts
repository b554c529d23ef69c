import { addMs, hoursMs } from '../../lib/clock.ts'

const graceMs = hoursMs(7 * 24)
export const oldSecretLifeMs = hoursMs(24)
export const keyLifeMs = hoursMs(365 * 24)

type Life = {
  readonly suspending_since: Date | null
  /** Last day on which the maker may sign in. */
  readonly maker_valid_until?: string | null
}

const dayMs = hoursMs(24)
const sinceOf = (key: Life): Date | null => {
  const lastDay = key.maker_valid_until
  const over = lastDay ? addMs(new Date(`${lastDay}T00:00:00.000Z`), dayMs) : null
  const marked = key.suspending_since
  if (over === null || marked === null) return over ?? marked
  return over < marked ? over : marked
}

/** Seven days after its maker lost his place the key ends; null while he has it (security.md §4.7). */
export const keyEndsAt = (key: Life): Date | null => {
  const since = sinceOf(key)
  return since === null ? null : addMs(since, graceMs)
}

export type KeyState = {
  readonly revoked_at: Date | null
  readonly expires_at: Date
  readonly suspending_since: Date | null
  readonly old_secret_until: Date | null
}

export const statusOf = (key: KeyState, now: Date) => {
  if (key.revoked_at !== null) return 'revoked' as const
  if (key.expires_at <= now) return 'expired' as const
  const end = keyEndsAt(key)
  if (end !== null) return end <= now ? ('revoked' as const) : ('suspending' as const)
  if (key.old_secret_until !== null && key.old_secret_until > now) return 'rotating' as const
  return 'active' as const
}
