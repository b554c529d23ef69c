import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export const writeOperatorAccess = (trx: Trx, accountId: string, impersonation: 'allowed' | 'forbidden') =>
  trx
    .insertInto('account_security')
    .values({ account_id: accountId, impersonation, version: 0 })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet({ impersonation, updated_at: sql<Date>`app_now()` }),
    )
    .execute()

const grants = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('support_grants as g')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'g.account_id').onRef('u.id', '=', 'g.granted_by'),
    )
    .select(['g.id', 'g.granted_by', 'g.expires_at', 'g.revoked_at', 'g.created_at'])
    .select(sql<string>`u.first_name || ' ' || u.last_name`.as('granter'))
    .where('g.account_id', '=', accountId)

export const listGrantRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  grants(trx, accountId)
    .$if(after !== null, (query) => query.where('g.id', '<', after ?? ''))
    .orderBy('g.id', 'desc')
    .limit(limit)
    .execute()

export const findGrant = (trx: Trx, accountId: string, id: string) =>
  grants(trx, accountId).where('g.id', '=', id).executeTakeFirst()
export type GrantRow = NonNullable<Awaited<ReturnType<typeof findGrant>>>

export const insertGrant = (
  trx: Trx,
  accountId: string,
  grant: { id: string; grantedBy: string; expiresAt: Date },
) =>
  trx
    .insertInto('support_grants')
    .values({ account_id: accountId, id: grant.id, granted_by: grant.grantedBy, expires_at: grant.expiresAt })
    .execute()

export const endGrant = (trx: Trx, accountId: string, id: string, at: Date) =>
  trx
    .updateTable('support_grants')
    .set({ revoked_at: at })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
