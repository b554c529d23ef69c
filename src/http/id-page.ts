import { isUuid } from '../lib/ids.ts'
import { AppError } from './errors.ts'
import { type PageQuery, pageLimit, readPosition, toPage } from './page.ts'

/** Lists sorted by id, newest first: ids are made in order of time (RFC 9562 §5.7). Answers the last id seen. */
export const readIdPosition = (query: PageQuery, filter: unknown, now: Date): string | null => {
  const position = readPosition(query, filter, now)
  if (position === null) return null
  const [id] = position
  if (position.length !== 1 || typeof id !== 'string' || !isUuid(id))
    throw new AppError('invalid_cursor', 400)
  return id
}

/** Reads one row more than asked and cuts the page. */
export const pageById = async <Row extends { id: string }, Item>(
  query: PageQuery,
  filter: unknown,
  now: Date,
  list: (after: string | null, limit: number) => Promise<readonly Row[]>,
  present: (row: Row) => Item,
) => {
  const limit = pageLimit(query)
  const rows = await list(readIdPosition(query, filter, now), limit + 1)
  return toPage(rows, { limit, filter, now, present, position: (row) => [row.id] })
}
