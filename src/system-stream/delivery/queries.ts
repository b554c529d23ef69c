import { sql } from 'kysely'
import { instanceAccountId, type Trx } from '../../db/pool.ts'
import type { SystemChannel, SystemKind } from '../kinds.ts'

export type ClaimedMessage = {
  readonly id: string
  readonly channel: SystemChannel
  readonly kind: SystemKind
  readonly attempts: number
  readonly to_mac: Buffer
  readonly content_sealed: Buffer | null
  readonly created_at: Date
  readonly expires_at: Date
}

/** Committed before the first byte leaves: whoever dies then leaves a row that says so. */
export const claimSystemMessage = async (trx: Trx, id: string): Promise<ClaimedMessage | null> => {
  const { rows } = await sql<ClaimedMessage>`
    update system_messages set state = 'handed', handed_at = app_now(), attempts = attempts + 1
    where account_id = ${instanceAccountId} and id = ${id} and state = 'queued'
      and next_at <= app_now() and expires_at > app_now()
    returning id, channel, kind, attempts, to_mac, content_sealed, created_at, expires_at`.execute(trx)
  return rows[0] ?? null
}

export type Ending = {
  readonly state: 'sent' | 'failed' | 'uncertain'
  readonly failure: string | null
  readonly providerRef: string | null
}

/** Erases the content where it has done its service; test support keeps it for its outbox. */
export const finishSystemMessage = async (
  trx: Trx,
  id: string,
  ending: Ending,
  keepsContent: boolean,
): Promise<void> => {
  await sql`update system_messages set state = ${ending.state}, failure = ${ending.failure},
      provider_ref = ${ending.providerRef}, finished_at = app_now(),
      content_sealed = case when ${keepsContent}::boolean then content_sealed end
    where account_id = ${instanceAccountId} and id = ${id} and state = 'handed'`.execute(trx)
}

export const requeueSystemMessage = async (
  trx: Trx,
  id: string,
  failure: string,
  waitSeconds: number,
): Promise<void> => {
  await sql`update system_messages set state = 'queued', failure = ${failure}, handed_at = null,
      next_at = app_now() + make_interval(secs => ${waitSeconds})
    where account_id = ${instanceAccountId} and id = ${id} and state = 'handed'`.execute(trx)
}

export const listDueMessages = async (trx: Trx, limit: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`select id from system_messages
    where account_id = ${instanceAccountId} and state = 'queued' and next_at <= app_now() and expires_at > app_now()
    order by next_at limit ${limit}`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Handed over and never heard of again: the process died in between. */
export const listStaleMessages = async (trx: Trx, olderThanSeconds: number) => {
  const { rows } = await sql<ClaimedMessage>`
    select id, channel, kind, attempts, to_mac, content_sealed, created_at, expires_at from system_messages
    where account_id = ${instanceAccountId} and state = 'handed'
      and handed_at <= app_now() - make_interval(secs => ${olderThanSeconds})
    limit 100`.execute(trx)
  return rows
}

export const expireSystemMessages = async (trx: Trx, keepsContent: boolean): Promise<number> => {
  const { rows } = await sql<{ id: string }>`update system_messages
    set state = 'expired', finished_at = app_now(),
      content_sealed = case when ${keepsContent}::boolean then content_sealed end
    where account_id = ${instanceAccountId} and state = 'queued' and expires_at <= app_now()
    returning id`.execute(trx)
  return rows.length
}

/** What is over tells nobody anything after this time, the development mailbox included. */
export const deleteOldMessages = async (trx: Trx, olderThanDays: number): Promise<void> => {
  await sql`delete from system_messages where account_id = ${instanceAccountId}
    and state not in ('queued', 'handed')
    and created_at <= app_now() - make_interval(days => ${olderThanDays})`.execute(trx)
}
