import { sql } from 'kysely'
import { type Db, instanceAccountId, type Trx, useAccount } from '../db/pool.ts'

export const findAccount = (trx: Trx, accountId: string) =>
  trx.selectFrom('accounts').selectAll().where('account_id', '=', accountId).executeTakeFirst()

export const listEntitlementOverrides = async (
  trx: Trx,
  accountId: string,
): Promise<Record<string, unknown>> => {
  const rows = await trx
    .selectFrom('entitlement_overrides')
    .select(['key', 'value'])
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', sql<Date>`app_now()`)]))
    .execute()
  return Object.fromEntries(rows.map((row) => [row.key, row.value]))
}

export type NewAccount = {
  id: string
  kind: 'instance' | 'customer'
  name: string
  slug: string
  status: string
  dataKeySealed: Buffer
}

export const insertAccount = async (trx: Trx, account: NewAccount): Promise<void> => {
  await useAccount(trx, account.id)
  await trx
    .insertInto('accounts')
    .values({
      account_id: account.id,
      kind: account.kind,
      name: account.name,
      slug: account.slug,
      status: account.status,
      data_key_sealed: account.dataKeySealed,
    })
    .onConflict((conflict) => conflict.column('account_id').doNothing())
    .execute()
}

export const setEntitlement = (trx: Trx, accountId: string, key: string, value: unknown) =>
  trx
    .insertInto('entitlement_overrides')
    .values({ account_id: accountId, key, value: JSON.stringify(value) })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'key']).doUpdateSet({ value: JSON.stringify(value) }),
    )
    .execute()

type DirectoryKind = 'login' | 'slug' | 'sender_domain'

/** Takes an installation-wide key; false when somebody has it. The row belongs to the instance account. */
export const claimDirectoryEntry = async (
  trx: Trx,
  entry: { kind: DirectoryKind; key: string; accountId: string; targetId: string },
): Promise<boolean> => {
  await useAccount(trx, instanceAccountId)
  const made = await trx
    .insertInto('directory_entries')
    .values({
      account_id: instanceAccountId,
      key_kind: entry.kind,
      key: entry.key,
      target_account_id: entry.accountId,
      target_id: entry.targetId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  await useAccount(trx, entry.accountId)
  return made !== undefined
}

/** Frees what a user or account held; the session's account is set back to that of the entry. */
export const releaseDirectoryEntry = async (
  trx: Trx,
  entry: { kind: DirectoryKind; accountId: string; targetId: string; key?: string },
): Promise<void> => {
  await useAccount(trx, instanceAccountId)
  let query = trx
    .deleteFrom('directory_entries')
    .where('account_id', '=', instanceAccountId)
    .where('key_kind', '=', entry.kind)
    .where('target_account_id', '=', entry.accountId)
    .where('target_id', '=', entry.targetId)
  if (entry.key !== undefined) query = query.where('key', '=', entry.key)
  await query.execute()
  await useAccount(trx, entry.accountId)
}

export const findDirectoryEntry = async (db: Db | Trx, kind: string, key: string) => {
  const found = await sql<{ target_account_id: string; target_id: string }>`
    select target_account_id, target_id from lookup_directory(${kind}, ${key})`.execute(db)
  return found.rows[0] ?? null
}

export type AccountChange = Partial<{
  name: string
  default_language: 'en' | 'pl' | 'de'
  time_zone: string
  country: string
  currency: string
  contact_email: string | null
  description: string | null
  postal_address: string | null
  require_consent: string
}>

/** Changes the account when `ifMatch` is null or still its version; undefined otherwise. */
export const updateAccount = (trx: Trx, accountId: string, change: AccountChange, ifMatch: number | null) =>
  trx
    .updateTable('accounts')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .$if(ifMatch !== null, (query) => query.where('version', '=', ifMatch ?? 0))
    .returningAll()
    .executeTakeFirst()
