import { accountKeys } from '../../accounts/index.ts'
import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { invalidField, notFound, unprocessable } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readTimePosition, toPage } from '../../http/page.ts'
import { requirePersonalData, shownEmail, shownPhone, shownText } from '../../http/personal-data.ts'
import { isUuid } from '../../lib/ids.ts'
import { parseTimestamp } from '../../lib/timestamp.ts'
import type { ContactWork } from '../contact.ts'
import { countryOf } from '../keys.ts'
import { type Channel, channels } from '../shapes/contract.ts'
import { addressHash, addressKey } from './address.ts'
import type { NewSuppression, Suppression, SuppressionResults } from './contract.ts'
import {
  deleteSuppressionRow,
  findActiveReasons,
  findSuppression,
  insertSuppression,
  listSuppressionRows,
  type SuppressionFilter,
  type SuppressionRow,
} from './queries.ts'

const itemsMax = 1_000
/** Only the person's own renewed opt-in lifts these (contacts.md §6). */
const lastingReasons = new Set(['complained', 'unsubscribed', 'erased'])

const shownAddress = (actor: Actor, row: SuppressionRow): string | null => {
  if (row.channel === 'email') return shownEmail(actor, row.address)
  return row.channel === 'push' ? row.address : shownPhone(actor, row.address)
}

const toSuppression = (actor: Actor, row: SuppressionRow): Suppression => ({
  id: row.id,
  channel: row.channel as Suppression['channel'],
  address: shownAddress(actor, row),
  kind: row.kind as Suppression['kind'],
  scope: row.scope,
  reason: row.reason as Suppression['reason'],
  source: row.source,
  source_ref: row.source_ref,
  comment: row.comment,
  // An entry of one stream has that stream as its scope.
  stream_id: isUuid(row.scope) && (row.kind === 'all' || row.kind === 'campaigns') ? row.scope : null,
  answer: shownText(actor, row.answer),
  bounces: row.channel === 'email' ? (row.bounces ?? 0) : 0,
  lifted_until: row.lifted_until?.toISOString() ?? null,
  expires_at: row.expires_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
})

const timeOf = (text: string, pointer: string): Date => {
  const at = parseTimestamp(text)
  if (!at) throw invalidField(pointer, 'pattern', 'is no point in time')
  return at
}

type ListQuery = PageQuery & {
  channel?: Channel
  address?: string
  reason?: string
  since?: string
  until?: string
}

/** An address is looked for as every channel would spell it; one that is none finds nothing. */
const hashesOf = async (trx: Trx, work: ContactWork, query: ListQuery): Promise<Buffer[] | undefined> => {
  if (query.address === undefined) return undefined
  requirePersonalData(work.actor)
  const { addressHash: blocks } = await accountKeys(trx, work.deps.keys, work.actor.accountId)
  const country = await countryOf(trx, work.actor.accountId)
  const address = query.address
  return (query.channel ? [query.channel] : channels).flatMap((channel) => {
    const key = addressKey(channel, address, country)
    return key === null ? [] : [addressHash(blocks, key)]
  })
}

export const listSuppressionPage = (work: ContactWork, query: ListQuery) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { limit: _limit, cursor: _cursor, ...given } = query
    const hashes = await hashesOf(trx, work, query)
    const filter: SuppressionFilter = {
      ...(query.channel ? { channel: query.channel } : {}),
      ...(hashes ? { hashes } : {}),
      ...(query.reason ? { reason: query.reason } : {}),
      ...(query.since ? { since: timeOf(query.since, '/since') } : {}),
      ...(query.until ? { until: timeOf(query.until, '/until') } : {}),
    }
    const limit = pageLimit(query)
    const bound = ['suppressions', given]
    const rows = await listSuppressionRows(
      trx,
      work.actor.accountId,
      filter,
      readTimePosition(query, bound, work.now),
      limit + 1,
    )
    return toPage(rows, {
      limit,
      filter: bound,
      now: work.now,
      position: (row) => [row.created_at.toISOString(), row.id],
      present: (row) => toSuppression(work.actor, row),
    })
  })

const invalidCode = (channel: Channel): string => (channel === 'email' ? 'email_invalid' : 'phone_invalid')

const expiryOf = (item: NewSuppression, index: number, now: Date): Date | null => {
  if (item.expires_at === undefined) return null
  const pointer = `/items/${index}/expires_at`
  const at = timeOf(item.expires_at, pointer)
  if (at <= now) throw invalidField(pointer, 'out_of_range', 'must lie in the future')
  if (lastingReasons.has(item.reason ?? ''))
    throw invalidField(pointer, 'not_in_list', 'this reason never expires')
  return at
}

export const suppress = (work: ContactWork, items: readonly NewSuppression[]): Promise<SuppressionResults> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    if (items.length > itemsMax) throw unprocessable('batch_too_large')
    const { accountId, userId } = work.actor
    const { addressHash: blocks } = await accountKeys(trx, work.deps.keys, accountId)
    const country = await countryOf(trx, accountId)
    const data: SuppressionResults['data'] = []
    for (const [index, item] of items.entries()) {
      const expiresAt = expiryOf(item, index, work.now)
      const key = addressKey(item.channel, item.address, country)
      if (key === null) {
        data.push({
          index,
          status: 422,
          error: { code: invalidCode(item.channel), detail: 'is no address of the channel' },
        })
        continue
      }
      const reason = item.reason ?? 'blacklisted_address'
      const id = await insertSuppression(trx, accountId, {
        channel: item.channel,
        address: key,
        hash: addressHash(blocks, key),
        // Complaints and unsubscribes stop campaigns only (email.md §12).
        kind: item.kind ?? (lastingReasons.has(reason) ? 'campaigns' : 'all'),
        reason,
        source: 'user',
        comment: item.comment ?? null,
        expiresAt,
        createdBy: userId,
      })
      data.push({ index, status: 200, id })
    }
    const refused = data.filter((result) => result.error !== undefined).length
    const ids = data.flatMap((result) => ('id' in result && result.id ? [result.id] : []))
    const after = {
      suppression_ids: ids,
      addresses: ids.length,
      reasons: [...new Set(items.map((item) => item.reason ?? 'blacklisted_address'))],
    }
    const [only] = ids
    if (ids.length > 0)
      await recordAct(trx, work.deps, work.actor, {
        action: 'suppression.added',
        type: 'suppression',
        id: ids.length === 1 ? (only ?? null) : null,
        after,
      })
    return { data, accepted: data.length - refused, refused }
  })

export const liftSuppression = (work: ContactWork, id: string): Promise<void> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const row = await findSuppression(trx, work.actor.accountId, id)
    if (!row) throw notFound()
    if (lastingReasons.has(row.reason))
      throw unprocessable('immutable', 'Only the person can lift this suppression, by a renewed opt-in.')
    await deleteSuppressionRow(trx, work.actor.accountId, id)
    const before = { channel: row.channel, kind: row.kind, reason: row.reason, scope: row.scope }
    await recordAct(trx, work.deps, work.actor, {
      action: 'suppression.removed',
      type: 'suppression',
      id,
      before,
    })
  })

export const checkAddresses = (work: ContactWork, items: readonly { channel: Channel; address: string }[]) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    requirePersonalData(work.actor)
    if (items.length > itemsMax) throw unprocessable('batch_too_large')
    const { addressHash: blocks } = await accountKeys(trx, work.deps.keys, work.actor.accountId)
    const country = await countryOf(trx, work.actor.accountId)
    const asked = items.map(({ channel, address }) => ({
      channel,
      hash: addressHash(blocks, addressKey(channel, address, country) ?? ''),
    }))
    const reasons = new Map(
      (await findActiveReasons(trx, work.actor.accountId, asked)).map((row) => [row.index, row.reason]),
    )
    return {
      data: items.map((_, index) => ({
        index,
        suppressed: reasons.has(index),
        reason: (reasons.get(index) ?? null) as Suppression['reason'] | null,
      })),
    }
  })
