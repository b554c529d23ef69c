import { inAccount } from '../../db/pool.ts'
import { notFound } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readTimePosition, toPage } from '../../http/page.ts'
import type { ContactWork } from '../contact.ts'
import { findContact } from '../queries.ts'
import { type ChangeRow, listChangeRows } from './queries.ts'

const toEntry = (row: ChangeRow) => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: {
    kind: String((row.actor as Record<string, unknown>)['kind'] ?? 'system'),
    id: row.user_id,
    name: row.user_id ? `${row.first_name} ${row.last_name}` : null,
  },
  field: row.field,
  old: row.old_value,
  new: row.new_value,
})

export const listChangePage = (work: ContactWork, id: string, query: PageQuery) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    if (!(await findContact(trx, accountId, id))) throw notFound()
    const limit = pageLimit(query)
    const rows = await listChangeRows(
      trx,
      accountId,
      id,
      readTimePosition(query, ['changes', id], work.now),
      limit + 1,
    )
    return toPage(rows, {
      limit,
      filter: ['changes', id],
      now: work.now,
      position: (row) => [row.at.toISOString(), row.id],
      present: toEntry,
    })
  })
