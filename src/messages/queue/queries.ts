import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** One run of one source; `runMonth` is an ISO date. */
export type Run = { readonly accountId: string; readonly sourceId: string; readonly runMonth: string }

/** A condition over rows of the queue, aliased `q`, or of the ledger, aliased `m`, as the function says. */
export type RowChoice = RawBuilder<boolean>

export const everyRow: RowChoice = sql<boolean>`true`

/** The receiving domain of an address in SQL, as the queue keeps it. */
export const domainOf = (address: RawBuilder<string | null>): RawBuilder<string | null> =>
  sql<string | null>`lower(substring(${address} from '@([^@]*)$'))`

/**
 * Puts planned rows of the ledger (`where` over alias `m`) into the queue, now or for later; a row that stands there already
 * gets the new time and nothing withholds it any more. Whoever sets a row to `planned` calls this in the same transaction.
 */
export const enqueueRows = async (
  trx: Trx,
  run: Run,
  given: { readonly where: RowChoice; readonly dueAt: Date | null },
): Promise<number> => {
  const dueAt = given.dueAt ? sql`${given.dueAt}::timestamptz` : sql`app_now()`
  const { rows } = await sql<{ n: number }>`
    with due as (
      update messages m set next_attempt_at = ${given.dueAt}::timestamptz
      where m.account_id = ${run.accountId} and m.source_id = ${run.sourceId} and m.run_month = ${run.runMonth}::date
        and m.state = 'planned' and ${given.where}
      returning m.message_id, m.recipient_key, m.lane, m.address
    ), put as (
      insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, due_at, domain)
      select ${run.accountId}, message_id, ${run.sourceId}, ${run.runMonth}::date, recipient_key, lane, ${dueAt},
        ${domainOf(sql`address`)}
      from due
      on conflict (account_id, message_id) do update set due_at = excluded.due_at, withheld = null
      returning 1
    )
    select count(*) as n from put`.execute(trx)
  return rows[0]?.n ?? 0
}

/**
 * Keeps waiting rows (`where` over alias `q`) from leaving until `releaseRows`; `reason` is shown as the limiting factor
 * while nothing else is due. Rows under way already are not called back.
 */
export const withholdRows = async (
  trx: Trx,
  run: Run,
  given: { readonly where: RowChoice; readonly reason: string },
): Promise<number> => {
  const { numAffectedRows } = await sql`
    update message_queue q set due_at = 'infinity', withheld = ${given.reason}
    where q.account_id = ${run.accountId} and q.source_id = ${run.sourceId} and ${given.where}`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** Gives waiting rows (`where` over alias `q`) a time of their own, and a reason if they wait for something. */
export const releaseRows = async (
  trx: Trx,
  run: Run,
  given: { readonly where: RowChoice; readonly dueAt: Date | null; readonly reason?: string },
): Promise<number> => {
  const dueAt = given.dueAt ? sql`${given.dueAt}::timestamptz` : sql`app_now()`
  const { numAffectedRows } = await sql`
    update message_queue q set due_at = ${dueAt}, withheld = ${given.reason ?? null}
    where q.account_id = ${run.accountId} and q.source_id = ${run.sourceId} and ${given.where}`.execute(trx)
  return Number(numAffectedRows ?? 0)
}

/** Gives up planned rows of the ledger (`where` over alias `m`): decided, and out of the queue. */
export const stopRows = async (
  trx: Trx,
  run: Run,
  where: RowChoice,
  reason: 'canceled' | 'expired_before_send' = 'canceled',
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with stopped as (
      update messages m set state = 'suppressed', reason = ${reason}, final_at = app_now(), next_attempt_at = null
      where m.account_id = ${run.accountId} and m.source_id = ${run.sourceId} and m.run_month = ${run.runMonth}::date
        and m.state = 'planned' and ${where}
      returning m.message_id
    ), left_queue as (
      delete from message_queue q using stopped s where q.account_id = ${run.accountId} and q.message_id = s.message_id)
    select count(*) as n from stopped`.execute(trx)
  return rows[0]?.n ?? 0
}
