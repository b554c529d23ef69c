import { createHash } from 'node:crypto'
import type { ApprovalKind, ApprovalRow, Party } from '../../approvals/index.ts'
import { bySystem } from '../../audit/index.ts'
import { instanceAccountId, type Trx, useAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { PermissionKey } from '../../http/permissions/contract.ts'
import { hoursMs } from '../../lib/clock.ts'
import { maskEmail } from '../../lib/masking.ts'
import { notify, notifyAdministrators } from '../../system-stream/index.ts'
import { findPersonRow } from '../mfa/queries.ts'
import { findRights } from '../roles/grants.ts'
import { resetMfa } from './reset.ts'

/** The link of the reset goes to this address: were it changed after the request, it would go to somebody else. */
export const digestOfPerson = async (trx: Trx, accountId: string, userId: string): Promise<Buffer | null> => {
  const person = await findPersonRow(trx, accountId, userId)
  if (!person) return null
  return createHash('sha256').update([person.id, person.email, person.status].join('\n')).digest()
}

/** Whether the person may act now with this key; staff hold theirs in the operator's account. */
export const stillHolds = async (
  trx: Trx,
  accountId: string,
  { userId, staff }: Party,
  key: PermissionKey,
): Promise<boolean> => {
  const home = staff ? instanceAccountId : accountId
  await useAccount(trx, home)
  const rights = await findRights(trx, home, userId)
  await useAccount(trx, accountId)
  return rights?.maySignIn === true && rights.permissions.has(key)
}

const announce = async (trx: Trx, deps: Deps, row: ApprovalRow, token: string): Promise<void> => {
  const { account_id: accountId, object_id: userId, executes_at: executesAt } = row
  const person = await findPersonRow(trx, accountId, userId)
  if (!person || !executesAt) return
  const values = { token, executesAt, at: deps.clock.now() }
  await notify(trx, deps, { accountId, userId, kind: 'mfa_reset_requested', values })
  await notifyAdministrators(trx, deps, {
    accountId,
    exceptUserId: userId,
    kind: 'mfa_reset_requested',
    values: { ...values, about: maskEmail(person.email) },
  })
}

const execute = (trx: Trx, deps: Deps, row: ApprovalRow): Promise<void> =>
  resetMfa(trx, deps, {
    accountId: row.account_id,
    userId: row.object_id,
    by: bySystem(row.account_id),
    reason: row.reason,
    where: null,
  })

const deciderKey = (party: Party): PermissionKey =>
  party.staff ? 'operator.approvals.decide' : 'account.users.manage'

const kind = (requesterKey: PermissionKey, accountKey: PermissionKey | null): ApprovalKind => ({
  accountKey,
  staff: true,
  delayMs: hoursMs(24),
  digest: (trx, row) => digestOfPerson(trx, row.account_id, row.object_id),
  holds: (trx, row, party, as) =>
    stillHolds(trx, row.account_id, party, as === 'requester' ? requesterKey : deciderKey(party)),
  announce,
  execute,
})

/** Resets that need a second person: of an administrator, and every one that staff ask for (security.md §3.5). */
export const resetKinds = {
  mfa_reset: kind('account.users.manage', 'account.users.manage'),
  operator_mfa_reset: kind('operator.support.enter', null),
} as const
