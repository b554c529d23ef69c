import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Position } from '../../lib/paging.ts'
import type { Channel } from '../shapes/contract.ts'

export const findErased = async (trx: Trx, accountId: string, hash: Buffer): Promise<boolean> => {
  const row = await trx
    .selectFrom('suppressions')
    .select('id')
    .where('account_id', '=', accountId)
    .where('channel', 'in', ['email', 'sms', 'rcs'])
    .where('address_hash', '=', hash)
    .where('reason', '=', 'erased')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type SuppressionFilter = {
  channel?: string
  hashes?: Buffer[]
  reason?: string
  since?: Date
  until?: Date
}

export const listSuppressionRows = (
  trx: Trx,
  accountId: string,
  filter: SuppressionFilter,
  after: Position | null,
  limit: number,
) =>
  trx
    .selectFrom('suppressions as s')
    .selectAll('s')
    // Bounces that count towards the limit of the address.
    .select((row) =>
      row
        .selectFrom('message_bounces as b')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .where('b.account_id', '=', accountId)
        .whereRef('b.address_hash', '=', 's.address_hash')
        .where('b.counts', '=', true)
        .as('bounces'),
    )
    .where('account_id', '=', accountId)
    .$if(filter.channel !== undefined, (query) => query.where('channel', '=', filter.channel ?? ''))
    .$if(filter.hashes !== undefined, (query) =>
      query.where(sql<boolean>`address_hash = any(${filter.hashes ?? []}::bytea[])`),
    )
    .$if(filter.reason !== undefined, (query) => query.where('reason', '=', filter.reason ?? ''))
    .$if(filter.since !== undefined, (query) => query.where('created_at', '>=', filter.since ?? new Date(0)))
    .$if(filter.until !== undefined, (query) => query.where('created_at', '<', filter.until ?? new Date(0)))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export type SuppressionRow = Awaited<ReturnType<typeof listSuppressionRows>>[number]

export type NewSuppressionRow = {
  channel: Channel
  address: string
  hash: Buffer
  kind: string
  reason: string
  source: string
  comment: string | null
  expiresAt: Date | null
  createdBy: string | null
}

/** One that is there keeps its own reason, because the first may be the graver one; an expired one is replaced. */
export const insertSuppression = async (
  trx: Trx,
  accountId: string,
  entry: NewSuppressionRow,
): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    insert into suppressions as s (account_id, id, channel, address, address_hash, kind, reason, source, comment,
      expires_at, created_by)
    values (${accountId}, uuid_v7(), ${entry.channel}, ${entry.address}, ${entry.hash}, ${entry.kind}, ${entry.reason},
      ${entry.source}, ${entry.comment}, ${entry.expiresAt}, ${entry.createdBy})
    on conflict (account_id, channel, address_hash, scope) do update set
      kind = excluded.kind, reason = excluded.reason, source = excluded.source, comment = excluded.comment,
      expires_at = excluded.expires_at, created_by = excluded.created_by, created_at = app_now()
    where s.expires_at <= app_now()
    returning id`.execute(trx)
  const made = rows[0]?.id
  if (made) return made
  const known = await trx
    .selectFrom('suppressions')
    .select('id')
    .where('account_id', '=', accountId)
    .where('channel', '=', entry.channel)
    .where('address_hash', '=', entry.hash)
    .where('scope', '=', 'account')
    .executeTakeFirstOrThrow()
  return known.id
}

export const findSuppression = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('suppressions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const deleteSuppressionRow = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('suppressions').where('account_id', '=', accountId).where('id', '=', id).execute()

export const findActiveReasons = async (
  trx: Trx,
  accountId: string,
  addresses: readonly { channel: string; hash: Buffer }[],
) => {
  const { rows } = await sql<{ index: number; reason: string }>`
    select (a.position - 1)::integer as index, s.reason
    from unnest(${addresses.map((address) => address.channel)}::text[], ${addresses.map((address) => address.hash)}::bytea[])
      with ordinality as a (channel, hash, position)
    join suppressions s on s.account_id = ${accountId} and s.channel = a.channel and s.address_hash = a.hash
      and s.scope = 'account'
    where (s.expires_at is null or s.expires_at > app_now())
      and (s.lifted_until is null or s.lifted_until <= app_now())`.execute(trx)
  return rows
}

type BouncedRow = {
  readonly address: string
  readonly hash: Buffer
  readonly reason: string
  readonly messageId: string
  readonly answer: string | null
  readonly months: number | null
}

export const insertBounced = async (
  trx: Trx,
  accountId: string,
  rows: readonly BouncedRow[],
): Promise<void> => {
  const given = rows.map(({ hash, ...row }) => ({ ...row, hash: hash.toString('hex') }))
  await sql`
    insert into suppressions as s (account_id, id, channel, address, address_hash, kind, reason, source, source_ref,
      answer, expires_at, lifted_until)
    select distinct on (hash) ${accountId}, uuid_v7(), 'email', r.address, decode(r.hash, 'hex'),
      case r.reason when 'complained' then 'campaigns' else 'all' end, r.reason,
      case r.reason when 'complained' then 'complaint' else 'bounce' end, r."messageId", left(r.answer, 500),
      app_now() + make_interval(months => r.months),
      case when r.reason <> 'complained' then (select max(a.allowed_until) from allow_requests a
        where a.account_id = ${accountId} and a.address_hash = decode(r.hash, 'hex') and a.allowed_until > app_now()) end
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as r(address text, hash text, reason text,
      "messageId" text, answer text, months int)
    order by hash
    on conflict (account_id, channel, address_hash, scope) do update set
      kind = excluded.kind, reason = excluded.reason, source = excluded.source, source_ref = excluded.source_ref,
      answer = excluded.answer, comment = null, expires_at = excluded.expires_at, lifted_until = excluded.lifted_until,
      created_by = null, created_at = app_now()
    where s.expires_at <= app_now() or (s.reason = 'soft_bounced_repeatedly' and excluded.reason = 'hard_bounced')`.execute(
    trx,
  )
}

/** Lets an address through until then, though it bounced; its entry stays and counts again afterwards. */
export const liftBounceReasons = (trx: Trx, accountId: string, hash: Buffer, until: Date) =>
  sql`update suppressions set lifted_until = ${until}
    where account_id = ${accountId} and channel = 'email' and address_hash = ${hash}
      and reason in ('hard_bounced', 'soft_bounced_repeatedly', 'invalid_address')`.execute(trx)

/** Ends what only bounces brought, after these turned out to be none that count. */
export const liftBounced = async (trx: Trx, accountId: string, hashes: readonly Buffer[]): Promise<void> => {
  if (hashes.length === 0) return
  await sql`update suppressions set expires_at = app_now()
    where account_id = ${accountId} and channel = 'email' and address_hash = any(${[...hashes]}::bytea[])
      and source = 'bounce' and reason = 'hard_bounced' and (expires_at is null or expires_at > app_now())`.execute(
    trx,
  )
}
