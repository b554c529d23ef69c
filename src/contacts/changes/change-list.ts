import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { notFound } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readTimePosition, toPage } from '../../http/page.ts'
import { shownEmail, shownPhone } from '../../http/personal-data.ts'
import type { ContactWork } from '../contact.ts'
import { findContact } from '../queries.ts'
import { type ChangeRow, listChangeRows } from './queries.ts'

/** Values of other fields are told to everybody who sees the contact. */
const shownValue = (actor: Actor, field: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value
  if (field === 'email') return shownEmail(actor, value)
  return field === 'phone' ? shownPhone(actor, value) : value
}

const toEntry = (actor: Actor, row: ChangeRow) => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: {
    kind: String((row.actor as Record<string, unknown>)['kind'] ?? 'system'),
    id: row.user_id,
    name: row.user_id ? `${row.first_name} ${row.last_name}` : null,
  },
  field: row.field,
  old: shownValue(actor, row.field, row.old_value),
  new: shownValue(actor, row.field, row.new_value),
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
      present: (row) => toEntry(work.actor, row),
    })
  })
