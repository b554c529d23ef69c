import { sql } from 'kysely'
import type { Db, Trx } from '../../../db/pool.ts'

/** What may be a copy of an installation hands nothing over (sending.md §4.6). */
const isFree = sql<boolean>`instance_held() is null`

/** The present state of a source as the sender needs it. */
export type SourceHead = {
  sourceId: string
  kind: 'campaign' | 'test' | 'transactional'
  runMonth: string
  /** Rows of the source may be handed over: its gate is open and its status is one that sends. */
  open: boolean
  gateOpen: boolean
  revision: number
  throttlePerHour: number | null
  topicId: string | null
  senderId: string | null
  groupIds: readonly string[]
  lane: number
}

const sendingStatuses: readonly string[] = ['sending', 'testing']

export const findCampaignHead = async (
  trx: Trx,
  accountId: string,
  id: string,
): Promise<SourceHead | null> => {
  const row = await trx
    .selectFrom('campaigns')
    .select([
      'id',
      'run_month',
      'status',
      'gate',
      'content_revision',
      'throttle_per_hour',
      'topic_id',
      'sender_id',
      'audience',
      'lane',
      isFree.as('free'),
    ])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row?.run_month) return null
  return {
    sourceId: row.id,
    kind: 'campaign',
    runMonth: row.run_month,
    gateOpen: row.gate === 'open' && row.free,
    open: row.gate === 'open' && row.free && sendingStatuses.includes(row.status),
    revision: row.content_revision,
    throttlePerHour: row.throttle_per_hour,
    topicId: row.topic_id,
    senderId: row.sender_id,
    groupIds: (row.audience as { group_ids?: string[] }).group_ids ?? [],
    lane: row.lane,
  }
}

const ungated = { gateOpen: true, throttlePerHour: null, topicId: null, senderId: null, groupIds: [] }

export const findTestHead = async (trx: Trx, accountId: string, id: string): Promise<SourceHead | null> => {
  const row = await trx
    .selectFrom('test_sends')
    .select(['id', 'run_month', 'content_revision', 'finished_at', isFree.as('free')])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  return {
    ...ungated,
    sourceId: row.id,
    kind: 'test',
    runMonth: row.run_month,
    open: row.finished_at === null && row.free,
    revision: row.content_revision,
    lane: 2,
  }
}

/** A transactional request is known by its rows alone: while one waits, it may send. */
export const findTransactionalHead = async (
  trx: Trx,
  accountId: string,
  id: string,
): Promise<SourceHead | null> => {
  const row = await trx
    .selectFrom('message_queue')
    .select(['run_month', 'lane', isFree.as('free')])
    .where('account_id', '=', accountId)
    .where('source_id', '=', id)
    .orderBy('lane')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  return {
    ...ungated,
    sourceId: id,
    kind: 'transactional',
    runMonth: row.run_month,
    open: row.free,
    revision: 1,
    lane: row.lane,
  }
}

export type DueSource = {
  account_id: string
  source_id: string
  kind: 'campaign' | 'test' | 'transactional'
  lane: number
  weight: number
}

/** Sources with rows that are due now, over all accounts: bare ids and what the order among them needs. */
export const listDueSources = async (db: Db): Promise<DueSource[]> => {
  const { rows } = await sql<DueSource>`
    select account_id, source_id, kind, lane, weight from lookup_due_sources()`.execute(db)
  return rows
}

/** Sources with due rows in lanes 0 and 1. */
export const listUrgentSources = async (db: Db): Promise<DueSource[]> => {
  const { rows } = await sql<DueSource>`
    select account_id, source_id, 'transactional' as kind, lane, 10 as weight from lookup_urgent_sources()
    order by lane`.execute(db)
  return rows
}

export const saveLimitingFactor = (trx: Trx, accountId: string, campaignId: string, factor: string | null) =>
  sql`update campaigns set limiting_factor = ${factor} where account_id = ${accountId} and id = ${campaignId}
    and limiting_factor is distinct from ${factor}`.execute(trx)

/** A test send ends when none of its rows is open any more. */
export const finishTest = (trx: Trx, accountId: string, testId: string) =>
  sql`update test_sends t set finished_at = app_now() where account_id = ${accountId} and id = ${testId}
    and not exists (select from messages m where m.account_id = ${accountId} and m.source_id = ${testId}
      and m.state in ('planned', 'claimed', 'handed'))`.execute(trx)
