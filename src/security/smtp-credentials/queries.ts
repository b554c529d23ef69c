import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

export const insertStream = (
  trx: Trx,
  accountId: string,
  stream: { id: string; name: string; slug: string },
) =>
  trx
    .insertInto('streams')
    .values({ account_id: accountId, ...stream })
    .execute()

export const listStreamRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  trx
    .selectFrom('streams')
    .select(['id', 'name', 'slug'])
    .where('account_id', '=', accountId)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const findStream = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('streams')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

const members = ['id', 'public_id', 'name', 'stream_id', 'cidrs', 'last_used_at', 'created_at'] as const

export const listCredentialRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  trx
    .selectFrom('smtp_credentials')
    .select(members)
    .where('account_id', '=', accountId)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
export type CredentialRow = Awaited<ReturnType<typeof listCredentialRows>>[number]

export const insertCredential = (
  trx: Trx,
  accountId: string,
  credential: {
    id: string
    publicId: string
    name: string
    streamId: string
    secretHash: Buffer
    cidrs: readonly string[]
    createdBy: string
  },
) =>
  trx
    .insertInto('smtp_credentials')
    .values({
      account_id: accountId,
      id: credential.id,
      public_id: credential.publicId,
      name: credential.name,
      stream_id: credential.streamId,
      secret_hash: credential.secretHash,
      cidrs: [...credential.cidrs],
      created_by: credential.createdBy,
    })
    .returning(members)
    .executeTakeFirstOrThrow()

export const deleteCredential = (trx: Trx, accountId: string, id: string) =>
  trx
    .deleteFrom('smtp_credentials')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returning(['name', 'public_id'])
    .executeTakeFirst()

export const findCredentialPlace = async (db: Db, publicId: string) => {
  const { rows } = await sql<{ account_id: string; credential_id: string }>`
    select account_id, credential_id from lookup_smtp_credential(${publicId})`.execute(db)
  return rows[0] ?? null
}

export const findPresentedCredential = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('smtp_credentials as c')
    .innerJoin('accounts as a', 'a.account_id', 'c.account_id')
    .select(['c.id', 'c.stream_id', 'c.secret_hash', 'c.cidrs', 'a.status as account_status'])
    .where('c.account_id', '=', accountId)
    .where('c.id', '=', id)
    .executeTakeFirst()

export const noteCredentialUse = (trx: Trx, accountId: string, id: string, address: string | null) =>
  sql`update smtp_credentials set last_used_at = app_now(), last_address = ${address ?? 'unresolved'}
    where account_id = ${accountId} and id = ${id}
      and (last_used_at is null or last_used_at <= app_now() - interval '1 minute')`.execute(trx)
