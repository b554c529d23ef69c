import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Position } from '../../lib/paging.ts'
import type { Channel } from '../shapes/contract.ts'

export type ConsentState = 'granted' | 'withdrawn' | 'unknown' | 'expired'
export type ConsentBasis = 'consent' | 'legitimate_interest' | 'unknown'

export type LedgerEntry = {
  readonly contactId: string
  readonly channel: Channel
  readonly purpose: string
  readonly state: ConsentState
  readonly basis: ConsentBasis
  readonly at?: Date
  readonly source: string
  readonly proof: Readonly<Record<string, unknown>>
  readonly actor: Readonly<Record<string, unknown>>
  readonly supersedes?: string | null
}

export const insertLedgerEntry = async (trx: Trx, accountId: string, entry: LedgerEntry): Promise<string> => {
  const row = await trx
    .insertInto('consents')
    .values({
      account_id: accountId,
      id: sql<string>`uuid_v7()`,
      contact_id: entry.contactId,
      channel: entry.channel,
      purpose: entry.purpose,
      state: entry.state,
      basis: entry.basis,
      at: entry.at ?? sql<Date>`app_now()`,
      source: entry.source,
      proof: JSON.stringify(entry.proof),
      actor: JSON.stringify(entry.actor),
      supersedes: entry.supersedes ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Makes sure the row exists and holds it until the transaction ends. */
export const lockChannel = async (trx: Trx, accountId: string, contactId: string, channel: Channel) => {
  await sql`insert into contact_channels (account_id, contact_id, channel)
    values (${accountId}, ${contactId}, ${channel}) on conflict do nothing`.execute(trx)
  return trx
    .selectFrom('contact_channels')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('contact_id', '=', contactId)
    .where('channel', '=', channel)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export type ChannelRow = Awaited<ReturnType<typeof lockChannel>>

export type ChannelUpdate = Partial<{
  unsubscribed_at: 'now' | null
  unsubscribed_topics: string[]
  unsubscribe_source: string | null
  unsubscribe_reason: string | null
  blocked_at: 'now' | null
  block_reason: string | null
}>

const timed = ({ unsubscribed_at, blocked_at, ...plain }: ChannelUpdate) => ({
  ...plain,
  ...(unsubscribed_at === undefined
    ? {}
    : { unsubscribed_at: unsubscribed_at === null ? null : sql<Date>`app_now()` }),
  ...(blocked_at === undefined ? {} : { blocked_at: blocked_at === null ? null : sql<Date>`app_now()` }),
})

export const updateChannel = (
  trx: Trx,
  accountId: string,
  contactId: string,
  channel: Channel,
  change: ChannelUpdate,
) =>
  trx
    .updateTable('contact_channels')
    .set(timed(change))
    .where('account_id', '=', accountId)
    .where('contact_id', '=', contactId)
    .where('channel', '=', channel)
    .execute()

/**
 * The current state follows the ledger: the newest entry by its own time counts. What an import did not know
 * (state `unknown`) never takes back what is known, but its basis shows while nothing better stands.
 */
export const deriveConsent = (
  trx: Trx,
  accountId: string,
  contactId: string,
  channel: Channel,
  purpose: string,
) =>
  sql`
    update contact_channels ch
    set consent = ch.consent || jsonb_build_object(${purpose}::text, latest.state),
        basis = ch.basis || jsonb_build_object(${purpose}::text, latest.basis)
    from (
      select state, basis from consents
      where account_id = ${accountId} and contact_id = ${contactId} and channel = ${channel} and purpose = ${purpose}
      order by (state = 'unknown' and source = 'import') or proof ->> 'effective' is not distinct from 'false', at desc, id desc limit 1
    ) latest
    where ch.account_id = ${accountId} and ch.contact_id = ${contactId} and ch.channel = ${channel}`.execute(
    trx,
  )

export const findLedgerEntry = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('consents')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

/** The newest unsubscribe of a scope that nothing has superseded. */
export const findOpenUnsubscribe = (
  trx: Trx,
  accountId: string,
  key: { contactId: string; channel: Channel; purpose: string },
) =>
  trx
    .selectFrom('consents as e')
    .selectAll('e')
    .where('e.account_id', '=', accountId)
    .where('e.contact_id', '=', key.contactId)
    .where('e.channel', '=', key.channel)
    .where('e.purpose', '=', key.purpose)
    .where('e.state', '=', 'withdrawn')
    .where(sql<boolean>`not exists (select 1 from consents later where later.account_id = ${accountId}
      and later.contact_id = e.contact_id and later.supersedes = e.id)`)
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const listLedger = (
  trx: Trx,
  accountId: string,
  contactId: string,
  filter: { channel?: Channel },
  after: Position | null,
  limit: number,
) =>
  trx
    .selectFrom('consents as e')
    .leftJoin('users as u', (join) =>
      join.on('u.account_id', '=', accountId).on(sql<boolean>`u.id::text = e.actor ->> 'user_id'`),
    )
    .selectAll('e')
    .select(['u.id as user_id', 'u.first_name', 'u.last_name'])
    .where('e.account_id', '=', accountId)
    .where('e.contact_id', '=', contactId)
    .$if(filter.channel !== undefined, (query) => query.where('e.channel', '=', filter.channel ?? ''))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(e.at, e.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute()

export type LedgerRow = Awaited<ReturnType<typeof listLedger>>[number]

/** Replaces the set of channel blocks of a contact; answers whether anything changed. */
export const setBlockedChannels = async (
  trx: Trx,
  accountId: string,
  contactId: string,
  channels: readonly Channel[],
): Promise<boolean> => {
  const lifted = await sql`update contact_channels set blocked_at = null, block_reason = null
    where account_id = ${accountId} and contact_id = ${contactId} and blocked_at is not null
      and channel <> all(${[...channels]}::text[]) returning channel`.execute(trx)
  const set = await sql`insert into contact_channels (account_id, contact_id, channel, blocked_at)
    select ${accountId}, ${contactId}, channel, app_now() from unnest(${[...channels]}::text[]) channel
    on conflict (account_id, contact_id, channel) do update set blocked_at = app_now()
    where contact_channels.blocked_at is null returning channel`.execute(trx)
  return lifted.rows.length + set.rows.length > 0
}
