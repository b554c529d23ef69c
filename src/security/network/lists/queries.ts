import { sql } from 'kysely'
import type { Db, Trx } from '../../../db/pool.ts'
import { fromBytes, toBytes } from '../../../lib/addresses/bytes.ts'
import type { EntryKind } from '../entry.ts'
import type { Entry, IpState, RoleEntry, Rules, Scope } from '../rules.ts'
import { toSnapshot } from '../snapshot.ts'

export type PolicyRow = {
  state: IpState
  on_session_mismatch: 'deny' | 'revoke'
  version: number
  pending_until: Date | null
  pending_by: string | null
  pending_editors: string[]
  previous: unknown
}

const policyColumns = [
  'state',
  'on_session_mismatch',
  'version',
  'pending_until',
  'pending_by',
  'pending_editors',
  'previous',
] as const

export const findPolicy = (trx: Trx, accountId: string): Promise<PolicyRow | undefined> =>
  trx
    .selectFrom('ip_policies')
    .select(policyColumns)
    .where('account_id', '=', accountId)
    .executeTakeFirst() as Promise<PolicyRow | undefined>

/** Every change of a list waits here, so that each is judged on what the one before it left (security.md §2.6). */
export const lockPolicy = async (trx: Trx, accountId: string): Promise<PolicyRow> => {
  await trx
    .insertInto('ip_policies')
    .values({ account_id: accountId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await trx
    .selectFrom('ip_policies')
    .select(policyColumns)
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()) as PolicyRow
}

/** The policy while a narrowing waits; null also while somebody else holds it. */
export const lockWaiting = (trx: Trx, accountId: string): Promise<PolicyRow | undefined> =>
  trx
    .selectFrom('ip_policies')
    .select(policyColumns)
    .where('account_id', '=', accountId)
    .where('pending_until', 'is not', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst() as Promise<PolicyRow | undefined>

export type PolicyChange = {
  state: IpState
  onSessionMismatch: 'deny' | 'revoke'
  pending: { until: Date; by: string; editors: readonly string[]; previous: Rules } | null
}

export const updatePolicy = async (trx: Trx, accountId: string, change: PolicyChange): Promise<PolicyRow> => {
  const { pending } = change
  return (await trx
    .updateTable('ip_policies')
    .set({
      state: change.state,
      on_session_mismatch: change.onSessionMismatch,
      version: sql<number>`version + 1`,
      pending_until: pending?.until ?? null,
      pending_by: pending?.by ?? null,
      pending_editors: [...(pending?.editors ?? [])],
      previous: pending && toSnapshot(pending.previous),
      expiry_judged_at: null,
      updated_at: sql<Date>`app_now()`,
    })
    .where('account_id', '=', accountId)
    .returning(policyColumns)
    .executeTakeFirstOrThrow()) as PolicyRow
}

type ListedRow = {
  id: string
  lo: Buffer
  hi: Buffer
  family: number
  kind: string
  input: string
  canonical: string
  label: string | null
  expires_at: Date | null
  created_by: string | null
  created_at: Date
}

const toListed = (row: ListedRow) => ({
  id: row.id,
  lo: fromBytes(row.lo),
  hi: fromBytes(row.hi),
  family: row.family as 4 | 6,
  kind: row.kind as EntryKind,
  input: row.input,
  canonical: row.canonical,
  label: row.label,
  expiresAt: row.expires_at,
  createdBy: row.created_by,
  createdAt: row.created_at,
})

const fromListed = (accountId: string, entry: Entry | RoleEntry) => ({
  account_id: accountId,
  id: entry.id,
  lo: toBytes(entry.lo),
  hi: toBytes(entry.hi),
  family: entry.family,
  kind: entry.kind,
  input: entry.input,
  canonical: entry.canonical,
  label: entry.label,
  expires_at: entry.expiresAt,
  created_by: entry.createdBy,
  created_at: entry.createdAt,
})

export type StoredEntry = Entry & { readonly targetUserId: string | null }

/** Entries of the account and of single people, oldest first. */
export const loadEntries = async (trx: Trx, accountId: string): Promise<readonly StoredEntry[]> => {
  const rows = await trx
    .selectFrom('ip_entries')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...toListed(row),
    scopes: row.scopes as Scope[],
    targetUserId: row.target_user_id,
  }))
}

export const loadRoleEntries = async (trx: Trx, accountId: string): Promise<readonly RoleEntry[]> => {
  const rows = await trx
    .selectFrom('role_ip_entries')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...toListed(row), roleId: row.role_id }))
}

export const insertEntry = (trx: Trx, accountId: string, entry: StoredEntry) =>
  trx
    .insertInto('ip_entries')
    .values({
      ...fromListed(accountId, entry),
      scopes: [...entry.scopes],
      target_user_id: entry.targetUserId,
    })
    .execute()

export const updateEntry = (trx: Trx, accountId: string, entry: StoredEntry) =>
  trx
    .updateTable('ip_entries')
    .set({ ...fromListed(accountId, entry), scopes: [...entry.scopes], expiry_noticed_at: null })
    .where('account_id', '=', accountId)
    .where('id', '=', entry.id)
    .execute()

export const deleteEntry = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('ip_entries').where('account_id', '=', accountId).where('id', '=', id).execute()

export const replaceRoleEntries = async (
  trx: Trx,
  accountId: string,
  roleId: string,
  entries: readonly RoleEntry[],
): Promise<void> => {
  await trx
    .deleteFrom('role_ip_entries')
    .where('account_id', '=', accountId)
    .where('role_id', '=', roleId)
    .execute()
  if (entries.length === 0) return
  await trx
    .insertInto('role_ip_entries')
    .values(entries.map((entry) => ({ ...fromListed(accountId, entry), role_id: entry.roleId })))
    .execute()
}

/** Puts the last confirmed lists back; entries of single people stay as they are, lists of deleted roles stay away. */
export const restoreRules = async (trx: Trx, accountId: string, rules: Rules): Promise<void> => {
  await trx
    .deleteFrom('ip_entries')
    .where('account_id', '=', accountId)
    .where('target_user_id', 'is', null)
    .execute()
  for (const entry of rules.entries) await insertEntry(trx, accountId, { ...entry, targetUserId: null })
  await trx.deleteFrom('role_ip_entries').where('account_id', '=', accountId).execute()
  const roles = await trx.selectFrom('roles').select('id').where('account_id', '=', accountId).execute()
  for (const { id } of roles)
    await replaceRoleEntries(
      trx,
      accountId,
      id,
      rules.roleEntries.filter((entry) => entry.roleId === id),
    )
}

export const listRoleIds = async (
  trx: Trx,
  accountId: string,
  userId: string,
): Promise<readonly string[]> => {
  const rows = await trx
    .selectFrom('user_roles')
    .select('role_id')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute()
  return rows.map((row) => row.role_id)
}

export const roleExists = async (trx: Trx, accountId: string, roleId: string): Promise<boolean> => {
  const found = await trx
    .selectFrom('roles')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', roleId)
    .executeTakeFirst()
  return found !== undefined
}

/** Names of those who made entries; people who were deleted keep their names. */
export const listNames = async (
  trx: Trx,
  accountId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('users')
    .select(['id', 'first_name', 'last_name'])
    .where('account_id', '=', accountId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, `${row.first_name} ${row.last_name}`]))
}

export const listDuePolicies = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ account_id: string }>`select account_id from lookup_due_ip_policies()`.execute(
    db,
  )
  return rows.map((row) => row.account_id)
}

export const markExpiryJudged = (trx: Trx, accountId: string, noticed: readonly string[]) =>
  sql`with judged as (update ip_policies set expiry_judged_at = app_now() where account_id = ${accountId})
    update ip_entries set expiry_noticed_at = app_now()
    where account_id = ${accountId} and id = any (${[...noticed]}::uuid[])`.execute(trx)

export const listNoticedEntries = async (trx: Trx, accountId: string): Promise<ReadonlySet<string>> => {
  const rows = await trx
    .selectFrom('ip_entries')
    .select('id')
    .where('account_id', '=', accountId)
    .where('expiry_noticed_at', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.id))
}
