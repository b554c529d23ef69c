import { isUuid } from '../lib/ids.ts'
import { decodeCursor, encodeCursor, type Position } from '../lib/paging.ts'
import { AppError } from './errors.ts'

export type PageQuery = { limit?: number; cursor?: string }

/** The keyset position a request asks for; null for the first page. */
export const readPosition = (query: PageQuery, filter: unknown, now: Date): Position | null => {
  if (query.cursor === undefined) return null
  const position = decodeCursor(query.cursor, filter, now)
  if (!position) throw new AppError('invalid_cursor', 400)
  return position
}

export const pageLimit = (query: PageQuery): number => query.limit ?? 100

/** Cuts `limit + 1` rows to a page: one row more than asked tells that there is a next one. */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  options: {
    limit: number
    filter: unknown
    now: Date
    position: (row: Row) => Position
    present: (row: Row) => Item
  },
): { data: Item[]; next_cursor: string | null; has_more: boolean } => {
  const page = rows.slice(0, options.limit)
  const last = page.at(-1)
  const more = rows.length > options.limit && last !== undefined
  return {
    data: page.map(options.present),
    next_cursor:
      more && last !== undefined ? encodeCursor(options.position(last), options.filter, options.now) : null,
    has_more: more,
  }
}

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** The position of a list sorted by a time and an id; a cursor that somebody made up is refused before SQL sees it. */
export const readTimePosition = (query: PageQuery, filter: unknown, now: Date): Position | null => {
  const position = readPosition(query, filter, now)
  if (position === null) return null
  const [at, id] = position
  const fits =
    position.length === 2 &&
    typeof at === 'string' &&
    iso.test(at) &&
    !Number.isNaN(Date.parse(at)) &&
    typeof id === 'string' &&
    isUuid(id)
  if (!fits) throw new AppError('invalid_cursor', 400)
  return position
}
