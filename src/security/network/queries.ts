import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Question, Verdict } from './verdict.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

export type FoundVerdict = Verdict & {
  readonly on_session_mismatch: 'deny' | 'revoke'
  readonly now: Date
  readonly role_ids: readonly string[]
  /** The last confirmed rules, where an unconfirmed narrowing is overdue: they are in force then. */
  readonly previous: unknown
}

/** Everything that decides about one address in one statement; no row while the state is off. */
export const findVerdict = async (
  trx: Trx,
  { accountId, userId, scope, address }: Question,
  value: Buffer | null,
): Promise<FoundVerdict | null> => {
  const ofUser = scope === 'panel' ? userId : null
  const { rows } = await sql<FoundVerdict>`
    select p.state, p.on_session_mismatch, app_now() as now,
      case when p.pending_until <= app_now() then p.previous end as previous,
      exists (select from ip_entries e where e.account_id = ${accountId} and e.target_user_id is null
        and ${scope} = any (e.scopes)) as closed,
      (select e.id from ip_entries e where e.account_id = ${accountId} and e.target_user_id is null
        and ${scope} = any (e.scopes) and (e.expires_at is null or e.expires_at > app_now())
        and e.lo <= ${value} and e.hi >= ${value} order by e.id limit 1) as entry_id,
      (select e.id from ip_entries e where e.account_id = ${accountId} and e.target_user_id = ${ofUser}::uuid
        and ${scope} = any (e.scopes) and (e.expires_at is null or e.expires_at > app_now())
        and e.lo <= ${value} and e.hi >= ${value} order by e.id limit 1) as personal_id,
      coalesce((select array_agg(ur.role_id) from user_roles ur
        where ur.account_id = ${accountId} and ur.user_id = ${ofUser}::uuid), '{}') as role_ids,
      (select count(distinct e.role_id)::int from user_roles ur
        join role_ip_entries e on e.account_id = ur.account_id and e.role_id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = ${ofUser}::uuid) as role_lists,
      (select count(distinct e.role_id)::int from user_roles ur
        join role_ip_entries e on e.account_id = ur.account_id and e.role_id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = ${ofUser}::uuid
          and (e.expires_at is null or e.expires_at > app_now())
          and e.lo <= ${value} and e.hi >= ${value}) as role_matches,
      exists (select from ip_exceptions x where x.account_id = ${accountId} and x.user_id = ${ofUser}::uuid
        and x.address = ${address} and x.expires_at > app_now()) as exception
    from ip_policies p where p.account_id = ${accountId} and p.state <> 'off'`.execute(trx)
  return rows[0] ?? null
}

export const countDenial = (trx: Trx, { accountId, userId, scope, address }: Question) =>
  sql`insert into ip_reports as r (account_id, address, scope, user_id)
    values (${accountId}, ${address ?? 'unresolved'}, ${scope}, ${userId ?? nobody})
    on conflict (account_id, address, scope, user_id)
    do update set hits = r.hits + 1, last_at = app_now()`.execute(trx)
