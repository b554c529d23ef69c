import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type OverrideTerms = { readonly validUntil: Date | null; readonly note: string | null }

export const writeOverride = (
  trx: Trx,
  accountId: string,
  key: string,
  value: unknown,
  terms: OverrideTerms,
) => {
  const change = { value: JSON.stringify(value), valid_until: terms.validUntil, note: terms.note }
  return trx
    .insertInto('entitlement_overrides')
    .values({ account_id: accountId, key, ...change })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'key']).doUpdateSet({
        ...change,
        updated_at: sql<Date>`app_now()`,
        version: sql<number>`entitlement_overrides.version + 1`,
      }),
    )
    .execute()
}

export const deleteOverride = (trx: Trx, accountId: string, key: string) =>
  trx.deleteFrom('entitlement_overrides').where('account_id', '=', accountId).where('key', '=', key).execute()

export const raiseEntitlementsVersion = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .updateTable('accounts')
    .set({ entitlements_version: sql<number>`entitlements_version + 1` })
    .where('account_id', '=', accountId)
    .returning('entitlements_version')
    .executeTakeFirstOrThrow()
  return row.entitlements_version
}

/** What people of the account chose, for the question whether a method would remain for each of them. */
export const listMfaChoices = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ methods: string[] | null; users: { id: string; setting: string }[] }>`
    select (select methods from account_security where account_id = ${accountId}) as methods,
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'setting', mfa_setting)) from users
        where account_id = ${accountId} and deleted_at is null and mfa_setting not in ('off', 'own_choice')), '[]') as users
    `.execute(trx)
  return rows[0] ?? { methods: null, users: [] }
}

/** How much of each limit is used; only what the product counts. */
export const countUsed = async (trx: Trx, accountId: string): Promise<Readonly<Record<string, number>>> => {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from users where account_id = ${accountId} and deleted_at is null) as "limit.users",
    (select count(*)::int from api_keys where account_id = ${accountId} and revoked_at is null
      and expires_at > app_now()) as "limit.api_keys",
    (select count(*)::int from field_definitions where account_id = ${accountId} and archived_at is null) as "limit.fields",
    (select count(*)::int from contact_groups where account_id = ${accountId} and state <> 'deleted') as "limit.groups"
    `.execute(trx)
  return rows[0] ?? {}
}
