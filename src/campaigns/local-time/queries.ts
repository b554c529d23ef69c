import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Run } from '../../messages/index.ts'

/** The zones that waiting recipients of a run live in; null for those who have none. */
export const listZonesOf = async (trx: Trx, run: Run): Promise<(string | null)[]> => {
  const { rows } = await sql<{ time_zone: string | null }>`
    select distinct c.time_zone from message_queue q
    join contacts c on c.account_id = ${run.accountId} and c.id = q.recipient_key::uuid
    where q.account_id = ${run.accountId} and q.source_id = ${run.sourceId}`.execute(trx)
  return rows.map((row) => row.time_zone)
}

export type ZoneTime = { readonly zone: string | null; readonly due_at: string }

/** Rows that are not due in their zone yet wait for it; what is withheld for another reason stays so. */
export const waitForZones = (trx: Trx, run: Run, times: readonly ZoneTime[], factor: string) =>
  sql`update message_queue q set due_at = z.due_at, withheld = ${factor}
    from jsonb_to_recordset(${JSON.stringify(times)}::jsonb) as z(zone text, due_at timestamptz), contacts c
    where q.account_id = ${run.accountId} and q.source_id = ${run.sourceId} and q.due_at < 'infinity'
      and c.account_id = ${run.accountId} and c.id = q.recipient_key::uuid
      and c.time_zone is not distinct from z.zone`.execute(trx)

/** Over rows of the ledger, aliased `m`: recipients who live in one of these zones. */
export const livesIn = (run: Run, zones: readonly (string | null)[]) =>
  sql<boolean>`exists (select from contacts c where c.account_id = ${run.accountId} and c.id = m.contact_id
    and (c.time_zone = any(${zones.filter((zone) => zone !== null)}::text[]) or (c.time_zone is null and ${zones.includes(null)})))`
