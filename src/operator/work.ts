import { type AuditBy, byActor } from '../audit/index.ts'
import { inAccount, instanceAccountId, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { findCustomer } from './accounts/queries.ts'

/** A member of staff at work; everything below acts in an account that is not his own. */
export type StaffWork = { readonly deps: Deps; readonly actor: Actor; readonly now: Date }

/** Staff as the log of the customer's account names them. */
export const byStaff = (actor: Actor, accountId: string): AuditBy => ({
  ...byActor(actor),
  accountId,
  type: accountId === instanceAccountId ? 'user' : 'support',
})

export type Customer = NonNullable<Awaited<ReturnType<typeof findCustomer>>>

/**
 * One transaction in a customer's account; the operator's own is none.
 * @throws AppError 404 `not_found`.
 */
export const inCustomer = <T>(
  { deps }: Pick<StaffWork, 'deps'>,
  accountId: string,
  act: (trx: Trx, account: Customer) => Promise<T>,
  lock: 'read' | 'change' = 'read',
): Promise<T> =>
  inAccount(deps.db, accountId, async (trx) => {
    const account = await findCustomer(trx, accountId, lock)
    if (!account) throw notFound()
    return act(trx, account)
  })
