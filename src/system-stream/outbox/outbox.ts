import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { macOf, openContent } from '../content.ts'
import { composeMail } from '../mail/mime.ts'
import { deleteSystemMessages, type KeptRow, listSystemMessages } from './queries.ts'

export type OutboxFilter = {
  readonly to?: string
  readonly kind?: string
  readonly since?: Date
  readonly limit?: number
}

const describe = async (deps: Deps, row: KeptRow) => {
  const content = openContent(deps, row.id, row.content_sealed)
  if (!content) return []
  const { to, from, subject, text, html, code, link, token } = content
  const raw = row.channel === 'email' ? (await composeMail(deps, row, content)).toString() : null
  const { id, channel, kind } = row
  const created_at = row.created_at.toISOString()
  return [{ id, channel, kind, to, from, subject, text, html, raw, code, link, token, created_at }]
}

/** Test support: system messages alone, newest first, each as it leaves (security.md §7). */
export const listOutbox = async (deps: Deps, { to, kind, since, limit = 100 }: OutboxFilter) => {
  const filter = {
    // A plus sign that was not escaped in an address arrives as a space.
    ...(to === undefined ? {} : { toMac: macOf(deps, to.replace(/^ (?=\d)/, '+')) }),
    ...(kind === undefined ? {} : { kind }),
    ...(since === undefined ? {} : { since }),
  }
  const rows = await inAccount(deps.db, instanceAccountId, (trx) => listSystemMessages(trx, filter, limit))
  return (await Promise.all(rows.map((row) => describe(deps, row)))).flat()
}

export const emptyOutbox = ({ db }: Pick<Deps, 'db'>): Promise<void> =>
  inAccount(db, instanceAccountId, deleteSystemMessages)
