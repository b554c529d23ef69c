import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

export type LinkRow = {
  account_id: string
  user_id: string | null
  purpose: string
  detail: unknown
  expires_at: Date
}

/** The account a link belongs to, before anything else about it is known. */
export const findLinkPlace = async (db: Db, hash: Buffer, purpose: string): Promise<string | null> => {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from lookup_link(${hash}, ${purpose})`.execute(db)
  return rows[0]?.account_id ?? null
}

export const insertLink = (
  trx: Trx,
  accountId: string,
  link: { hash: Buffer; purpose: string; userId: string | null; detail: unknown; expiresAt: Date },
) =>
  trx
    .insertInto('link_tokens')
    .values({
      account_id: accountId,
      token_hash: link.hash,
      purpose: link.purpose,
      user_id: link.userId,
      detail: JSON.stringify(link.detail),
      expires_at: link.expiresAt,
    })
    .execute()

export const findLiveLink = (
  trx: Trx,
  accountId: string,
  hash: Buffer,
  purpose: string,
): Promise<LinkRow | undefined> =>
  trx
    .selectFrom('link_tokens')
    .select(['account_id', 'user_id', 'purpose', 'detail', 'expires_at'])
    .where('account_id', '=', accountId)
    .where('token_hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirst()

/** One row of the transaction's account or none: of any number of parallel callers one gets it. */
export const useLink = (trx: Trx, hash: Buffer, purpose: string): Promise<LinkRow | undefined> =>
  trx
    .updateTable('link_tokens')
    .set({ used_at: sql<Date>`app_now()` })
    .where('account_id', '=', sql<string>`current_account()`)
    .where('token_hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .returning(['account_id', 'user_id', 'purpose', 'detail', 'expires_at'])
    .executeTakeFirst()

export const deleteLinks = (
  trx: Trx,
  accountId: string,
  which: { userId: string; purposes?: readonly string[] },
) => {
  let query = trx
    .deleteFrom('link_tokens')
    .where('account_id', '=', accountId)
    .where('user_id', '=', which.userId)
  if (which.purposes !== undefined) query = query.where('purpose', 'in', [...which.purposes])
  return query.execute()
}
