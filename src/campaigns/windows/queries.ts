import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Run } from '../../messages/index.ts'

export const findAccountZone = async (trx: Trx, accountId: string): Promise<string> => {
  const row = await trx
    .selectFrom('accounts')
    .select('time_zone')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.time_zone ?? 'UTC'
}

/** Time zones of recipients by their key; who has none keeps that of the account. */
export const listZones = async (
  trx: Trx,
  accountId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ id: string; time_zone: string }>`
    select id::text as id, time_zone from contacts
    where account_id = ${accountId} and id = any(${[...keys]}::uuid[]) and time_zone is not null`.execute(trx)
  return new Map(rows.map((row) => [row.id, row.time_zone]))
}

export type ClosedZone = { readonly zone: string | null; readonly due_at: string }

/**
 * Everybody of a run who is due in a zone where it is closed waits for its next opening, in one statement instead of claim
 * by claim. Rows that a sender is looking at are left to it. `null` as zones: the hours hold for all alike.
 */
export const waitForOpening = (
  trx: Trx,
  run: Run,
  closed: { readonly zones: readonly ClosedZone[] } | { readonly all: string },
  factor: string,
) => {
  const due = sql`q.account_id = ${run.accountId} and q.source_id = ${run.sourceId} and q.due_at <= app_now()`
  const chosen =
    'all' in closed
      ? sql`select q.ctid, ${closed.all}::timestamptz as due_at from message_queue q where ${due}
          for update skip locked`
      : sql`select q.ctid, z.due_at from message_queue q
          join contacts c on c.account_id = ${run.accountId} and c.id = q.recipient_key::uuid
          join jsonb_to_recordset(${JSON.stringify(closed.zones)}::jsonb) as z(zone text, due_at timestamptz)
            on c.time_zone is not distinct from z.zone
          where ${due} for update of q skip locked`
  return sql`with chosen as materialized (${chosen})
    update message_queue q set due_at = chosen.due_at, withheld = ${factor}
    from chosen where q.ctid = chosen.ctid`.execute(trx)
}
