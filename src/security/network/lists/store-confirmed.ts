import type { Trx } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { invalidField } from '../../../http/errors.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import { entryRules, readEntry } from '../entry.ts'
import type { Scope } from '../rules.ts'
import { readExpiry } from './entries.ts'
import { insertEntry, lockPolicy, updatePolicy } from './queries.ts'

export type GivenEntry = {
  readonly address: string
  readonly label?: string
  readonly scopes?: readonly Scope[]
  readonly userId?: string | null
  readonly expires_at?: string
  readonly activate?: boolean
}

/**
 * Stores entries as enforced and confirmed, without asking whom they shut out: for the set-up, where the caller is on
 * the address he restricts to, and for seeded accounts.
 */
export const storeConfirmed = async (
  trx: Trx,
  deps: Deps,
  given: {
    readonly accountId: string
    readonly createdBy: string | null
    readonly entries: readonly GivenEntry[]
  },
): Promise<void> => {
  const { accountId, createdBy, entries } = given
  if (entries.length === 0) return
  const now = deps.clock.now()
  const policy = await lockPolicy(trx, accountId)
  for (const [index, one] of entries.entries()) {
    if ([...(one.label ?? '')].length > 120) throw invalidField(`/${index}/label`, 'too_long', 'is too long')
    const { lo, hi, family, kind, input, canonical } = readEntry(one.address, entryRules(deps.config))
    await insertEntry(trx, accountId, {
      id: uuidV7(now),
      lo,
      hi,
      family,
      kind,
      input,
      canonical,
      label: one.label ?? null,
      scopes: one.scopes ?? ['panel'],
      targetUserId: one.userId ?? null,
      expiresAt: readExpiry(one.expires_at, now),
      createdBy,
      createdAt: now,
    })
  }
  const activates = entries.some((one) => one.activate !== false && !one.userId)
  await updatePolicy(trx, accountId, {
    state: activates ? 'enforce' : policy.state,
    onSessionMismatch: policy.on_session_mismatch,
    pending: null,
  })
}
