import type { Static } from 'typebox'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { pageLimit, readPosition, toPage } from '../../http/page.ts'
import { type Content, openContent } from '../content.ts'
import type { KeptMessage, listKeptMessages } from './contract.ts'
import { type KeptRow, listKeptRows } from './queries.ts'

const gone: Content = {
  to: '',
  from: '',
  subject: null,
  text: '',
  html: null,
  code: null,
  link: null,
  token: null,
}

const present = (deps: Deps, row: KeptRow): KeptMessage => {
  const { to, from, subject, text, code, link } = openContent(deps, row.id, row.content_sealed) ?? gone
  const { id, kind } = row
  const channel = row.channel === 'sms' ? 'sms' : 'email'
  return { id, channel, kind, to, from, subject, text, code, link, received_at: row.created_at.toISOString() }
}

/** Several messages are made within one millisecond, so their number and not their id says which came later. */
const readAfter = (query: ListQuery, filter: unknown, now: Date): number | null => {
  const position = readPosition(query, filter, now)
  if (position === null) return null
  const [seq] = position
  if (position.length !== 1 || typeof seq !== 'number' || !Number.isSafeInteger(seq))
    throw new AppError('invalid_cursor', 400)
  return seq
}

type ListQuery = Static<typeof listKeptMessages.query>

export const listMailbox = async (deps: Deps, query: ListQuery, now: Date) => {
  const filter = ['system-mailbox', query.channel]
  const after = readAfter(query, filter, now)
  const limit = pageLimit(query)
  const rows = await inAccount(deps.db, instanceAccountId, (trx) =>
    listKeptRows(trx, query.channel, after, limit + 1),
  )
  return toPage(rows, {
    limit,
    filter,
    now,
    present: (row) => present(deps, row),
    position: (row) => [row.seq],
  })
}
