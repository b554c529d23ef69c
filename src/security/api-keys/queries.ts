import { sql } from 'kysely'
import { type Db, inAccount, instanceAccountId, type Trx } from '../../db/pool.ts'

export const findKeyPlace = async (db: Db, publicId: string) => {
  const { rows } = await sql<{ account_id: string; key_id: string }>`
    select account_id, key_id from lookup_api_key(${publicId})`.execute(db)
  return rows[0] ?? null
}

/** A key with everything that decides whether and what it opens, read on each call. */
export type PresentedKey = {
  id: string
  name: string
  mode: 'live' | 'test'
  scopes: string[]
  cidrs: string[]
  rate_limit: number | null
  require_idempotency: boolean
  secret_hash: Buffer
  old_secret_hash: Buffer | null
  old_secret_until: Date | null
  created_by: string
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
  suspending_since: Date | null
  language: 'en' | 'pl' | 'de'
  time_zone: string
  maker_valid_until: string | null
  maker_deleted_at: Date | null
  built_ins: string[]
  role_keys: string[]
  direct: { key: string; allow: boolean }[]
  account_status: 'pending' | 'test' | 'active' | 'suspended' | 'closed'
  overrides: Record<string, unknown>
}

export const findPresentedKey = async (
  trx: Trx,
  accountId: string,
  keyId: string,
): Promise<PresentedKey | null> => {
  const { rows } = await sql<PresentedKey>`
    select k.id, k.name, k.mode, k.scopes, k.cidrs, k.rate_limit, k.require_idempotency, k.secret_hash,
      k.old_secret_hash, k.old_secret_until, k.created_by, k.expires_at, k.last_used_at, k.revoked_at,
      k.suspending_since, u.language, u.time_zone, u.valid_until as maker_valid_until, u.deleted_at as maker_deleted_at, a.status as account_status,
      coalesce((select array_agg(r.built_in) filter (where r.built_in is not null) from user_roles ur
        join roles r on r.account_id = ur.account_id and r.id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = u.id), '{}') as built_ins,
      coalesce((select array_agg(distinct p.key) from user_roles ur
        join role_permissions p on p.account_id = ur.account_id and p.role_id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = u.id), '{}') as role_keys,
      coalesce((select jsonb_agg(jsonb_build_object('key', p.key, 'allow', p.allow)) from user_permissions p
        where p.account_id = ${accountId} and p.user_id = u.id), '[]') as direct,
      coalesce((select jsonb_object_agg(e.key, e.value) from entitlement_overrides e
        where e.account_id = ${accountId} and (e.valid_until is null or e.valid_until > app_now())), '{}') as overrides
    from api_keys k
    join users u on u.account_id = k.account_id and u.id = k.created_by
    join accounts a on a.account_id = k.account_id
    where k.account_id = ${accountId} and k.id = ${keyId}`.execute(trx)
  return rows[0] ?? null
}

/** Writes the last use unless one of the past minute stands there: a busy key is not a row written at each call. */
export const noteKeyUse = (trx: Trx, accountId: string, keyId: string, address: string | null) =>
  sql`update api_keys set last_used_at = app_now(), last_address = ${address ?? 'unresolved'}
    where account_id = ${accountId} and id = ${keyId}
      and (last_used_at is null or last_used_at <= app_now() - interval '1 minute')`.execute(trx)

const members = [
  'k.id',
  'k.public_id',
  'k.mode',
  'k.name',
  'k.scopes',
  'k.cidrs',
  'k.rate_limit',
  'k.require_idempotency',
  'k.old_secret_until',
  'k.created_by',
  'k.created_at',
  'k.expires_at',
  'k.last_used_at',
  'k.last_address',
  'k.suspending_since',
  'k.revoked_at',
] as const

const keys = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('api_keys as k')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'k.account_id').onRef('u.id', '=', 'k.created_by'),
    )
    .select(members)
    .select(sql<string>`u.first_name || ' ' || u.last_name`.as('maker'))
    .where('k.account_id', '=', accountId)

export const listKeyRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  keys(trx, accountId)
    .$if(after !== null, (query) => query.where('k.id', '<', after ?? ''))
    .orderBy('k.id', 'desc')
    .limit(limit)
    .execute()

export const findKey = (trx: Trx, accountId: string, id: string) =>
  keys(trx, accountId).where('k.id', '=', id).executeTakeFirst()
export type KeyRow = NonNullable<Awaited<ReturnType<typeof findKey>>>

export const lockKey = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('api_keys')
    .select(['id', 'public_id', 'mode', 'name', 'cidrs', 'secret_hash', 'expires_at', 'revoked_at'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** Revoked and expired keys take no place (account.md §3, `limit.api_keys`). */
export const countLiveKeys = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .selectFrom('api_keys')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirstOrThrow()
  return row.n
}

export type NewKey = {
  id: string
  publicId: string
  mode: 'live' | 'test'
  name: string
  scopes: readonly string[]
  cidrs: readonly string[]
  rateLimit: number | null
  requireIdempotency: boolean
  secretHash: Buffer
  createdBy: string
  expiresAt: Date
}

export const insertKey = (trx: Trx, accountId: string, key: NewKey) =>
  trx
    .insertInto('api_keys')
    .values({
      account_id: accountId,
      id: key.id,
      public_id: key.publicId,
      mode: key.mode,
      name: key.name,
      scopes: [...key.scopes],
      cidrs: [...key.cidrs],
      rate_limit: key.rateLimit,
      require_idempotency: key.requireIdempotency,
      secret_hash: key.secretHash,
      created_by: key.createdBy,
      expires_at: key.expiresAt,
    })
    .execute()

export type KeyChange = {
  name?: string
  cidrs?: string[]
  scopes?: string[]
  secret_hash?: Buffer
  old_secret_hash?: Buffer | null
  old_secret_until?: Date | null
  revoked_at?: Date
}

export const updateKey = (trx: Trx, accountId: string, id: string, change: KeyChange) =>
  trx
    .updateTable('api_keys')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

export const listKeyIdsOf = (trx: Trx, accountId: string, userId: string) =>
  trx
    .selectFrom('api_keys')
    .select('id')
    .where('account_id', '=', accountId)
    .where('created_by', '=', userId)
    .where('revoked_at', 'is', null)
    .execute()

export const accountsWithSuspendingKeys = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`select lookup_suspending_keys() as id`.execute(db)
  return rows.map((row) => row.id)
}

/** Takes the keys whose ending was not told yet; of several sweeps one gets each. */
export const takeSuspendingKeys = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ public_id: string; mode: 'live' | 'test'; suspending_since: Date }>`
    update api_keys set suspending_noticed_at = app_now()
    where account_id = ${accountId} and suspending_since is not null and suspending_noticed_at is null
      and revoked_at is null
    returning public_id, mode, suspending_since`.execute(trx)
  return rows
}

/** Spends one from the bucket of this second for each name; answers how many were spent in it, in the order of the names. */
export const spendSeconds = async (db: Db, names: readonly string[]): Promise<readonly number[]> =>
  inAccount(db, instanceAccountId, async (trx) => {
    const { rows } = await sql<{ key: string; spent: number }>`
      insert into rate_buckets as b (account_id, key, started_at, spent)
      select ${instanceAccountId}::uuid, name, date_trunc('second', app_now()), 1
      from unnest(${[...names].toSorted()}::text[]) as name
      on conflict (account_id, key) do update set
        started_at = excluded.started_at,
        spent = case when b.started_at = excluded.started_at then b.spent + 1 else 1 end
      returning key, spent`.execute(trx)
    return names.map((name) => rows.find((row) => row.key === name)?.spent ?? 0)
  })
