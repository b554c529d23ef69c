import { type AuditBy, record } from '../../../audit/index.ts'
import type { Trx } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { unprocessable } from '../../../http/errors.ts'
import { addMs, hoursMs, minutesMs } from '../../../lib/clock.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import { notify as tellConsoles } from '../../../live/index.ts'
import { type Circumstances, notifyAdministrators } from '../../../system-stream/index.ts'
import { findUser } from '../../queries.ts'
import { type EntryRules, readEntry } from '../entry.ts'
import { type Exception, insertException } from './queries.ts'

export const breakGlassMs = minutesMs(60)
export const exceptionHoursMax = 24

export type NewException = {
  readonly accountId: string
  readonly userId: string
  /** One address in its one spelling. */
  readonly address: string
  readonly origin: Exception['origin']
  readonly lifeMs: number
  readonly ticket?: string | null
  readonly reason?: string | null
  readonly approvedBy?: readonly string[]
  readonly where?: Circumstances
}

/**
 * One address, and nothing wider, may be let in by exception.
 * @throws AppError 422 with the codes of an entry; `bad_address` for a network.
 */
export const readSingleAddress = (text: string, rules: EntryRules): string => {
  const parsed = readEntry(text, rules)
  if (parsed.lo !== parsed.hi) throw unprocessable('bad_address')
  return parsed.canonical
}

/** Lets one user in from one address for a time, onto security pages only; every administrator hears of it. */
export const openException = async (
  trx: Trx,
  deps: Deps,
  by: AuditBy,
  given: NewException,
): Promise<Date> => {
  const { accountId, userId, address, origin } = given
  const now = deps.clock.now()
  const id = uuidV7(now)
  const expiresAt = addMs(now, Math.min(given.lifeMs, hoursMs(exceptionHoursMax)))
  await insertException(trx, accountId, {
    id,
    userId,
    address,
    origin,
    ticket: given.ticket ?? null,
    reason: given.reason ?? null,
    approvedBy: given.approvedBy ?? [],
    expiresAt,
  })
  const user = await findUser(trx, accountId, userId)
  const values = { ...given.where, ...(user ? { about: user.email } : {}), expiresAt }
  await notifyAdministrators(trx, deps, { accountId, kind: 'break_glass_used', values })
  await tellConsoles(trx, accountId, 'security')
  if (origin === 'break_glass')
    await record(trx, deps, by, { action: 'break_glass.used', object: { type: 'user', id: userId } })
  await record(trx, deps, by, {
    action: 'ip.exception',
    object: { type: 'user', id: userId },
    reason: given.reason ?? given.ticket ?? null,
    diff: { after: { address, origin, ticket: given.ticket ?? null, expires_at: expiresAt.toISOString() } },
  })
  return expiresAt
}
