import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import { instanceAccountId } from '../../db/pool.ts'

const staff = (trx: Trx) =>
  trx
    .selectFrom('users as u')
    .select(['u.id', 'u.login', 'u.email', 'u.first_name', 'u.last_name', 'u.status'])
    .select(['u.sign_in_allowed', 'u.last_sign_in_at'])
    .select(
      sql<string[]>`coalesce((select array_agg(distinct f.type) from mfa_factors f
        where f.account_id = ${instanceAccountId} and f.user_id = u.id and f.confirmed_at is not null), '{}')`.as(
        'factors',
      ),
    )
    .where('u.account_id', '=', instanceAccountId)
    .where('u.deleted_at', 'is', null)

export const listStaffRows = (trx: Trx, after: string | null, limit: number) =>
  staff(trx)
    .$if(after !== null, (query) => query.where('u.id', '<', after ?? ''))
    .orderBy('u.id', 'desc')
    .limit(limit)
    .execute()

export const findStaffRow = (trx: Trx, id: string) => staff(trx).where('u.id', '=', id).executeTakeFirst()
export type StaffRow = NonNullable<Awaited<ReturnType<typeof findStaffRow>>>

/** Whoever invites or removes staff waits here: the last one is counted by one at a time. */
export const lockStaff = (trx: Trx) =>
  trx
    .selectFrom('accounts')
    .select('account_id')
    .where('account_id', '=', instanceAccountId)
    .forUpdate()
    .executeTakeFirst()
