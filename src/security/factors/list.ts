import type { Trx } from '../../db/pool.ts'
import { type Factor, strengthLabel } from './factor.ts'
import { type BoundFactorRow, listBoundFactors } from './queries.ts'

/** Mail and SMS lean on the address and number of the user: without a proven one there is no such factor. */
const stateOf = (row: BoundFactorRow): Factor['state'] | null => {
  if (row.state === 'disabled') return 'disabled'
  if (row.type === 'email') return row.email_verified_at ? 'active' : null
  if (row.type !== 'sms' || (row.phone && row.phone_verified_at)) return 'active'
  // The number was put in by an administrator together with the setting; its first right code proves it.
  return row.phone && row.mfa_setting === 'sms' ? 'unverified' : null
}

const toFactor = (row: BoundFactorRow): Factor[] => {
  const state = stateOf(row)
  if (state === null) return []
  return [
    {
      id: row.id,
      type: row.type,
      name: row.name,
      state,
      strength: strengthLabel(row.type),
      backupEligible: row.backup_eligible ?? false,
      confirmedAt: row.confirmed_at,
      lastUsedAt: row.last_used_at,
      createdAt: row.created_at,
    },
  ]
}

/** Factors of a person that were confirmed once, disabled ones among them; those under way never count. */
export const listFactors = async (trx: Trx, accountId: string, userId: string): Promise<readonly Factor[]> =>
  (await listBoundFactors(trx, accountId, userId)).flatMap(toFactor)

/** The same of everybody in the account, by person. */
export const listFactorsOfAll = async (
  trx: Trx,
  accountId: string,
): Promise<ReadonlyMap<string, readonly Factor[]>> => {
  const found = new Map<string, Factor[]>()
  for (const row of await listBoundFactors(trx, accountId, null)) {
    found.set(row.user_id, [...(found.get(row.user_id) ?? []), ...toFactor(row)])
  }
  return found
}
