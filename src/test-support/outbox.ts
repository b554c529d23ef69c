import { type Db, inAccount, instanceAccountId } from '../db/pool.ts'

export type OutboxFilter = { to?: string; kind?: string; since?: string; limit?: string }

/** System messages alone, newest first; what tenants send is in the simulator. */
export const listOutbox = (db: Db, filter: OutboxFilter) =>
  inAccount(db, instanceAccountId, async (trx) => {
    let query = trx.selectFrom('system_messages').selectAll().where('account_id', '=', instanceAccountId)
    if (filter.to) query = query.where('to_address', '=', filter.to)
    if (filter.kind) query = query.where('kind', '=', filter.kind)
    if (filter.since) query = query.where('created_at', '>=', new Date(filter.since))
    const rows = await query
      .orderBy('created_at', 'desc')
      .limit(Number(filter.limit ?? 100))
      .execute()
    return rows.map((row) => ({
      id: row.id,
      channel: row.channel,
      kind: row.kind,
      to: row.to_address,
      from: row.from_address,
      subject: row.subject,
      text: row.text_body,
      html: row.html_body,
      raw: row.raw,
      created_at: row.created_at.toISOString(),
    }))
  })

export const emptyOutbox = (db: Db) =>
  inAccount(db, instanceAccountId, (trx) =>
    trx.deleteFrom('system_messages').where('account_id', '=', instanceAccountId).execute(),
  )
