import type { Trx } from '../../../db/pool.ts'
import { contactsLeft } from '../../contact-limit.ts'
import { lockGroups } from '../../members/queries.ts'
import { joinGroups, recordBasis } from '../around/queries.ts'
import { claimChunk, finishResults, keepResults } from '../outcome/queries.ts'
import type { MergePlan } from './plan.ts'
import {
  analyzeTargets,
  countNew,
  insertNew,
  lockMerges,
  markSameContact,
  matchRows,
  rejectAboveLimit,
  rejectErased,
  updateMatched,
} from './queries.ts'

const doesUpdate = ({ rows, update_existing }: MergePlan['settings']): boolean =>
  rows !== 'only_new' && update_existing

/** Merges one chunk in the caller's transaction: all of it or, when the chunk was written before, nothing. */
export const mergeChunk = async (
  trx: Trx,
  plan: MergePlan,
  no: number,
  entitlements: Readonly<Record<string, unknown>>,
): Promise<void> => {
  await lockMerges(trx, plan.accountId)
  if (!(await claimChunk(trx, plan, no))) return
  const groups = await lockGroups(trx, plan.accountId, plan.groupIds)
  const active = { ...plan, groupIds: groups.filter((group) => group.state === 'active').map(({ id }) => id) }
  await rejectErased(trx, plan, no)
  await matchRows(trx, plan, no)
  await markSameContact(trx, plan, no)
  const added = await countNew(trx, plan, no)
  if (added > 0) {
    const { left } = await contactsLeft(trx, plan.accountId, entitlements)
    if (left < added) await rejectAboveLimit(trx, plan, no, left)
    await insertNew(trx, plan, no)
    // After chunks 0, 1, 3, 7 …: whenever the number of rows has about doubled.
    if ((no & (no + 1)) === 0) await analyzeTargets(trx)
  }
  if (doesUpdate(plan.settings)) await updateMatched(trx, plan, no)
  await joinGroups(trx, active, no)
  await recordBasis(trx, plan, no)
  await finishResults(trx, plan, no)
  await keepResults(trx, plan, no)
}
