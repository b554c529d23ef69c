import { record, recordElsewhere } from '../../audit/index.ts'
import { instanceAccountId } from '../../db/pool.ts'
import type { AuditAction } from '../../http/audit-actions/contract.ts'
import { conflict } from '../../http/errors.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { byStaff, type Customer, inCustomer, type StaffWork } from '../work.ts'
import { toOperated } from './account.ts'
import type { OperatedAccount } from './contract.ts'
import { type CustomerChange, countUsers, updateCustomer } from './queries.ts'

const eraseAfterMs = hoursMs(30 * 24)
export type StatusAct = 'suspend' | 'resume' | 'close' | 'reopen'

/** What an act makes of an account; null where it already is so. */
type Step = (account: Customer, now: Date, reason: string) => CustomerChange | null

const steps: Readonly<Record<StatusAct, Step>> = {
  suspend: (account, _now, reason) => {
    if (account.status === 'closed') throw conflict('not_active')
    const before = account.status === 'suspended' ? account.status_before : account.status
    return { status: 'suspended', status_before: before, status_reason: reason }
  },
  // A suspended account goes back to what it was; one that is tried out or waits for approval becomes active.
  resume: (account) => {
    if (account.status === 'closed') throw conflict('not_active')
    if (account.status === 'active') return null
    const status = account.status === 'suspended' ? (account.status_before ?? 'active') : 'active'
    return { status, status_before: null, status_reason: null }
  },
  close: (account, now, reason) => {
    if (account.status === 'closed') return null
    const before = account.status === 'suspended' ? account.status_before : account.status
    return {
      status: 'closed',
      status_before: before,
      status_reason: reason,
      closed_at: now,
      erase_after: addMs(now, eraseAfterMs),
    }
  },
  reopen: (account, now) => {
    if (account.status !== 'closed') return null
    if (account.erase_after !== null && account.erase_after <= now) throw conflict('not_active')
    const status = account.status_before ?? 'active'
    return { status, status_before: null, status_reason: null, closed_at: null, erase_after: null }
  },
}

const actionOf = (act: StatusAct, account: Customer): AuditAction => {
  if (act === 'close') return 'account.closed'
  if (act === 'reopen') return 'account.reopened'
  return act === 'resume' && account.status === 'pending' ? 'signup.approved' : 'account.status_changed'
}

/** Acts on the state of an account; sessions and keys see it at their next request. */
export const changeStatus = (
  work: StaffWork,
  id: string,
  act: StatusAct,
  reason: string,
): Promise<OperatedAccount> =>
  inCustomer(
    work,
    id,
    async (trx, before) => {
      const change = steps[act](before, work.now, reason)
      if (change === null) return toOperated(before, await countUsers(trx, id))
      const row = await updateCustomer(trx, id, change)
      const account = toOperated(row, await countUsers(trx, id))
      const entry = {
        action: actionOf(act, before),
        object: { type: 'account', id },
        reason,
        diff: { before: { status: before.status }, after: { status: row.status } },
      }
      await record(trx, work.deps, byStaff(work.actor, id), entry)
      await recordElsewhere(trx, work.deps, byStaff(work.actor, instanceAccountId), entry)
      return account
    },
    'change',
  )
