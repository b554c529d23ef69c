import { createHash } from 'node:crypto'
import type { Approval } from '../../approvals/contract.ts'
import { type ApprovalKind, type ApprovalRow, requestApproval } from '../../approvals/index.ts'
import type { AuditBy } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { BodyOf } from '../../http/contract.ts'
import { notFound } from '../../http/errors.ts'
import { hoursMs } from '../../lib/clock.ts'
import { entryRules, findUser, openException, readSingleAddress, stillHolds } from '../../security/index.ts'
import { inCustomer, type StaffWork } from '../work.ts'
import type { askForException } from './contract.ts'

/** The identity that was proven must still be the one that is let in. */
const digestOf = async (trx: Trx, accountId: string, userId: string): Promise<Buffer | null> => {
  const user = await findUser(trx, accountId, userId)
  return user ? createHash('sha256').update([user.id, user.login, user.email].join('\n')).digest() : null
}

/** In the account's log the act is the decider's, as support. */
const byDecider = (row: ApprovalRow): AuditBy => ({
  accountId: row.account_id,
  type: 'support',
  id: row.decided_by,
  onBehalfOf: null,
  name: row.decided_by_name,
  login: null,
  where: null,
})

/** Two members of staff, ticket and evidence, one user, one address, at most 24 hours (security.md §2.6). */
export const exceptionKind: ApprovalKind = {
  accountKey: null,
  staff: true,
  delayMs: 0,
  digest: (trx, row) => digestOf(trx, row.account_id, row.object_id),
  holds: (trx, row, party, as) =>
    stillHolds(
      trx,
      row.account_id,
      party,
      as === 'requester' ? 'operator.support.enter' : 'operator.approvals.decide',
    ),
  execute: async (trx, deps, row) => {
    await openException(trx, deps, byDecider(row), {
      accountId: row.account_id,
      userId: row.object_id,
      address: String(row.summary['address']),
      origin: 'operator',
      lifeMs: hoursMs(Number(row.summary['hours'])),
      ticket: String(row.summary['ticket']),
      approvedBy: [row.requested_by, ...(row.decided_by ? [row.decided_by] : [])],
    })
  },
}

/** @throws AppError 404 for another account's user, 422 as for an entry, 409 `already_pending`. */
export const requestException = (
  work: StaffWork,
  accountId: string,
  body: BodyOf<typeof askForException>,
): Promise<{ approval: Approval }> =>
  inCustomer(work, accountId, async (trx) => {
    const address = readSingleAddress(body.address, entryRules(work.deps.config))
    const user = await findUser(trx, accountId, body.user_id)
    const digest = await digestOf(trx, accountId, body.user_id)
    if (!user || !digest) throw notFound()
    const { hours, ticket, evidence } = body
    const approval = await requestApproval(trx, work.deps, work.actor, accountId, {
      kind: 'ip_exception',
      object: { type: 'user', id: user.id, name: `${user.first_name} ${user.last_name}` },
      digest,
      summary: { address, hours, ticket, evidence },
      reason: ticket,
    })
    return { approval }
  })
