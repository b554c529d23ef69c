import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

const emailSenders = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('sender_identities')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('channel', '=', 'email')

export const listSenderRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  emailSenders(trx, accountId)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const findSender = (trx: Trx, accountId: string, id: string) =>
  emailSenders(trx, accountId).where('id', '=', id).executeTakeFirst()
export type SenderRow = NonNullable<Awaited<ReturnType<typeof findSender>>>

export const findDefaultSender = (trx: Trx, accountId: string) =>
  emailSenders(trx, accountId).where('is_default', '=', true).executeTakeFirst()

/** One change of senders of an account at a time: there is exactly one default, whatever comes at once. */
export const lockSenders = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`senders:${accountId}`}, 0))`.execute(trx)

export const clearDefault = (trx: Trx, accountId: string) =>
  trx
    .updateTable('sender_identities')
    .set({ is_default: false, version: sql`version + 1`, updated_at: sql`app_now()` })
    .where('account_id', '=', accountId)
    .where('channel', '=', 'email')
    .where('is_default', '=', true)
    .execute()

export const makeOldestDefault = (trx: Trx, accountId: string) =>
  sql`update sender_identities set is_default = true, version = version + 1, updated_at = app_now()
    where account_id = ${accountId} and id = (
      select id from sender_identities where account_id = ${accountId} and channel = 'email' order by id limit 1)`.execute(
    trx,
  )

export type SenderColumns = {
  readonly name: string
  readonly value: string
  readonly reply_to: string | null
  readonly is_default: boolean
  readonly allowed_role_ids: string[]
}

export const insertSender = (
  trx: Trx,
  accountId: string,
  sender: SenderColumns & { id: string; state: string; confirmed_at?: Date | null },
) =>
  trx
    .insertInto('sender_identities')
    .values({ account_id: accountId, channel: 'email', ...sender })
    .returningAll()
    .executeTakeFirstOrThrow()

/** What an address proves is lost with it. */
type Proof = { state?: string; confirmed_at?: Date | null }

export const updateSender = (trx: Trx, accountId: string, id: string, columns: SenderColumns & Proof) =>
  trx
    .updateTable('sender_identities')
    .set({ ...columns, version: sql`version + 1`, updated_at: sql`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const removeSender = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('sender_identities').where('account_id', '=', accountId).where('id', '=', id).execute()

export const countRoles = async (trx: Trx, accountId: string, ids: readonly string[]): Promise<number> => {
  if (ids.length === 0) return 0
  const rows = await trx
    .selectFrom('roles')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', 'in', [...ids])
    .execute()
  return rows.length
}

export const noteConfirmationSent = (trx: Trx, accountId: string, id: string) =>
  trx
    .updateTable('sender_identities')
    .set({ confirmation_sent_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Only while the address is the one that the link went to, and nobody blocked it. */
export const markConfirmed = (trx: Trx, accountId: string, id: string, value: string) =>
  trx
    .updateTable('sender_identities')
    .set({
      confirmed_at: sql<Date>`app_now()`,
      state: 'verified',
      version: sql`version + 1`,
      updated_at: sql`app_now()`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('value', '=', value)
    .where('state', '<>', 'blocked')
    .returningAll()
    .executeTakeFirst()
