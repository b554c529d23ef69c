import { byActor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { QueryOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { notFound } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { endImpersonatedSessions, findOperatorAccess } from '../impersonation/queries.ts'
import type { listSupportGrants, SupportGrant } from './contract.ts'
import {
  endGrant,
  findGrant,
  type GrantRow,
  insertGrant,
  listGrantRows,
  writeOperatorAccess,
} from './queries.ts'

export type AccessWork = { readonly deps: Deps; readonly actor: Actor; readonly now: Date }
export type OperatorAccess = { readonly impersonation: 'allowed' | 'forbidden' }

const usualHours = 24

export const readAccess = ({ deps, actor }: AccessWork): Promise<OperatorAccess> =>
  inAccount(deps.db, actor.accountId, async (trx) => ({
    impersonation: await findOperatorAccess(trx, actor.accountId),
  }))

/** Forbidding ends what is open in the same moment. */
export const changeAccess = ({ deps, actor }: AccessWork, given: OperatorAccess): Promise<OperatorAccess> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const before = await findOperatorAccess(trx, accountId)
    if (before === given.impersonation) return given
    await writeOperatorAccess(trx, accountId, given.impersonation)
    if (given.impersonation === 'forbidden') await endImpersonatedSessions(trx, accountId)
    await record(trx, deps, byActor(actor), {
      action: 'operator_access.changed',
      object: { type: 'account', id: accountId },
      diff: { before: { impersonation: before }, after: given },
    })
    return given
  })

const toGrant = (row: GrantRow, now: Date): SupportGrant => ({
  id: row.id,
  granted_by: { id: row.granted_by, name: row.granter },
  expires_at: row.expires_at.toISOString(),
  revoked_at: row.revoked_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  live: row.revoked_at === null && row.expires_at > now,
})

export const listGrants = ({ deps, actor, now }: AccessWork, query: QueryOf<typeof listSupportGrants>) =>
  inAccount(deps.db, actor.accountId, (trx) =>
    pageById(
      query,
      'support-grants',
      now,
      (after, limit) => listGrantRows(trx, actor.accountId, after, limit),
      (row) => toGrant(row, now),
    ),
  )

export const addGrant = (
  { deps, actor, now }: AccessWork,
  hours: number = usualHours,
): Promise<SupportGrant> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const id = uuidV7(now)
    await insertGrant(trx, accountId, { id, grantedBy: actor.userId, expiresAt: addMs(now, hoursMs(hours)) })
    const row = await findGrant(trx, accountId, id)
    if (!row) throw notFound()
    await record(trx, deps, byActor(actor), {
      action: 'support_access.granted',
      object: { type: 'support_grant', id },
      diff: { before: null, after: { hours, expires_at: row.expires_at.toISOString() } },
    })
    return toGrant(row, now)
  })

/** A second revocation finds nothing to do and says so by the same answer. */
export const revokeGrant = ({ deps, actor, now }: AccessWork, id: string): Promise<null> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const row = await findGrant(trx, accountId, id)
    if (!row) throw notFound()
    if (row.revoked_at !== null) return null
    await endGrant(trx, accountId, id, now)
    await record(trx, deps, byActor(actor), {
      action: 'support_access.revoked',
      object: { type: 'support_grant', id },
    })
    return null
  })
