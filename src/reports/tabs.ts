import { bounceGroupOf } from '../channels/email/bounce-classes.ts'
import { inAccountSnapshot } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { AppError } from '../http/errors.ts'
import { type PageQuery, pageLimit, readPosition, toPage } from '../http/page.ts'
import type { Position } from '../lib/paging.ts'
import type { ReportBounce, ReportLink, TimelineEntry, timelineSteps } from './contract.ts'
import {
  type BounceRow,
  type LinkRow,
  listBounceRows,
  listLinkRows,
  listTimelineRows,
  type TimelineRow,
} from './queries.ts'
import { getCampaign } from './report.ts'

const badCursor = (): AppError => new AppError('invalid_cursor', 400)

const toLink = (row: LinkRow): ReportLink => ({
  url: row.url,
  position: row.position,
  total: row.total,
  unique: row.unique,
  human_total: 0,
  human_unique: 0,
})

const linkPosition = (position: Position | null): { position: number; digest: string } | null => {
  if (position === null) return null
  const [at, digest] = position
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > 100_000) throw badCursor()
  if (typeof digest !== 'string' || !/^[0-9a-f]{32}$/.test(digest)) throw badCursor()
  return { position: at, digest }
}

export const listLinks = (deps: Deps, accountId: string, id: string, query: PageQuery, now: Date) =>
  inAccountSnapshot(deps.db, accountId, async (trx) => {
    await getCampaign(trx, accountId, id)
    const filter = { list: 'report_links', id }
    const limit = pageLimit(query)
    const after = linkPosition(readPosition(query, filter, now))
    const rows = await listLinkRows(trx, accountId, id, after, limit + 1)
    const position = (row: LinkRow): Position => [row.position, row.digest]
    return toPage(rows, { limit, filter, now, position, present: toLink })
  })

const toBounce = ({ word, code, text, count }: BounceRow): ReportBounce => ({
  class: bounceGroupOf(word),
  word,
  code,
  text,
  count,
})

const bouncePosition = (position: Position | null): { count: number; digest: string } | null => {
  if (position === null) return null
  const [count, digest] = position
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) throw badCursor()
  if (typeof digest !== 'string' || !/^[0-9a-f]{32}$/.test(digest)) throw badCursor()
  return { count, digest }
}

export const listBounces = (deps: Deps, accountId: string, id: string, query: PageQuery, now: Date) =>
  inAccountSnapshot(deps.db, accountId, async (trx) => {
    await getCampaign(trx, accountId, id)
    const filter = { list: 'report_bounces', id }
    const limit = pageLimit(query)
    const after = bouncePosition(readPosition(query, filter, now))
    const rows = await listBounceRows(trx, accountId, id, after, limit + 1)
    const position = (row: BounceRow): Position => [row.count, row.digest]
    return toPage(rows, { limit, filter, now, position, present: toBounce })
  })

const toEntry = (row: TimelineRow): TimelineEntry => ({
  at: row.at.toISOString(),
  accepted: row.accepted,
  delivered: row.delivered,
  opened_human: 0,
  opened_all: row.opened,
  clicked_human: 0,
  clicked_all: row.clicked,
  bounced: row.bounced,
  unsubscribed: row.unsubscribed,
})

const timePosition = (position: Position | null): Date | null => {
  if (position === null) return null
  const at = new Date(String(position[0]))
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1970 || at.getUTCFullYear() > 9_999)
    throw badCursor()
  return at
}

export const listTimelineEntries = (
  deps: Deps,
  accountId: string,
  id: string,
  query: PageQuery & { step?: (typeof timelineSteps)[number] },
  now: Date,
) =>
  inAccountSnapshot(deps.db, accountId, async (trx) => {
    await getCampaign(trx, accountId, id)
    const step = query.step ?? 'hour'
    const filter = { list: 'timeline', id, step }
    const limit = pageLimit(query)
    const after = timePosition(readPosition(query, filter, now))
    const rows = await listTimelineRows(trx, accountId, id, step, after, limit + 1)
    const position = (row: TimelineRow): Position => [row.at.toISOString()]
    return toPage(rows, { limit, filter, now, position, present: toEntry })
  })
