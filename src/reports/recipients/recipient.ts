import { bounceGroupOf, bounceWordsOf } from '../../channels/email/bounce-classes.ts'
import { inAccountSnapshot } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readPosition, toPage } from '../../http/page.ts'
import { requirePersonalData, seesPersonalData, shownEmail, shownText } from '../../http/personal-data.ts'
import { isUuid } from '../../lib/ids.ts'
import type { Position } from '../../lib/paging.ts'
import { toLedgerRow } from '../../messages/index.ts'
import type { Recipient, RecipientFilter, RecipientHistory } from '../contract.ts'
import { getCampaign } from '../report.ts'
import {
  findRecipientRow,
  listAttemptRows,
  listEventRows,
  listRecipientRows,
  type RecipientRow,
  type RowFilter,
} from './queries.ts'

const eventsMax = 1_000

const bounceFilter = (group: 'hard' | 'soft' | 'block'): NonNullable<RowFilter['bounce']> =>
  // A word of no rule counts as soft, so soft is what the two others are not.
  group === 'soft'
    ? { words: [...bounceWordsOf('hard'), ...bounceWordsOf('block')], listed: false }
    : { words: bounceWordsOf(group), listed: true }

/** @throws 403 when somebody who sees no addresses looks for one. */
export const toRowFilter = (actor: Actor, given: RecipientFilter): RowFilter => {
  if (given.q !== undefined) requirePersonalData(actor)
  const { bounce, ...plain } = given
  return { ...plain, ...(bounce ? { bounce: bounceFilter(bounce) } : {}) } as RowFilter
}

const bounceOf = (actor: Actor, row: RecipientRow): Recipient['bounce'] => {
  if (row.bounce_word === null) return null
  const answer = row.answer as { at?: string; code?: string; text?: string } | null
  return {
    class: bounceGroupOf(row.bounce_word),
    code: answer?.code || null,
    text: shownText(actor, answer?.text || null),
    // A later bounce has its own time; the row was final when it was accepted.
    at: (row.flags.includes('bounced_later') && answer?.at) || (row.final_at?.toISOString() ?? null),
  }
}

export const toRecipient = (actor: Actor, row: RecipientRow): Recipient => {
  const ledger = toLedgerRow(row) as Recipient
  const name = [row.first_name, row.last_name].filter(Boolean).join(' ')
  return {
    ...ledger,
    address: shownEmail(actor, ledger.address),
    answer: ledger.answer && { ...ledger.answer, text: shownText(actor, ledger.answer.text) },
    contact_name: seesPersonalData(actor) && name ? name : null,
    opened_human: 0,
    opened_all: row.opens,
    clicked_human: 0,
    clicked_all: row.clicks,
    bounce: bounceOf(actor, row),
    unsubscribed_at: row.unsubscribed_at?.toISOString() ?? null,
    complained_at: row.complained_at?.toISOString() ?? null,
  }
}

const keyPosition = (position: Position | null): string | null => {
  if (position === null) return null
  const [key] = position
  if (typeof key !== 'string' || !isUuid(key)) throw new AppError('invalid_cursor', 400)
  return key
}

export const listCampaignRecipients = (
  deps: Deps,
  actor: Actor,
  id: string,
  query: PageQuery & RecipientFilter,
  now: Date,
) =>
  inAccountSnapshot(deps.db, actor.accountId, async (trx) => {
    const { limit: _limit, cursor: _cursor, ...given } = query
    const rowFilter = toRowFilter(actor, given)
    await getCampaign(trx, actor.accountId, id)
    const filter = { list: 'recipients', id, ...given }
    const limit = pageLimit(query)
    const after = keyPosition(readPosition(query, filter, now))
    const rows = await listRecipientRows(trx, actor.accountId, id, rowFilter, after, limit + 1)
    return toPage(rows, {
      limit,
      filter,
      now,
      position: (row) => [row.recipient_key],
      present: (row) => toRecipient(actor, row),
    })
  })

const textOf = (detail: unknown, name: string): string | null => {
  const value = (detail as Record<string, unknown> | null)?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** One recipient with everything that happened, oldest first. */
export const readRecipient = (
  deps: Deps,
  actor: Actor,
  id: string,
  messageId: string,
): Promise<RecipientHistory> =>
  inAccountSnapshot(deps.db, actor.accountId, async (trx) => {
    await getCampaign(trx, actor.accountId, id)
    const row = await findRecipientRow(trx, actor.accountId, id, messageId)
    if (!row) throw notFound()
    const events = await listEventRows(trx, actor.accountId, messageId, eventsMax)
    const attempts = await listAttemptRows(trx, actor.accountId, messageId, eventsMax)
    return {
      ...toRecipient(actor, row),
      events: events.toReversed().map((event) => {
        const position = (event.detail as Record<string, unknown> | null)?.['position']
        return {
          id: event.id,
          kind: event.kind,
          at: event.at.toISOString(),
          url: shownText(actor, textOf(event.detail, 'url')),
          position: typeof position === 'number' ? position : null,
          method: textOf(event.detail, 'method'),
          source: textOf(event.detail, 'source'),
          code: textOf(event.detail, 'code'),
          text: shownText(actor, textOf(event.detail, 'text')),
        }
      }),
      attempts: attempts.map((attempt) => ({
        n: attempt.n,
        provider_id: attempt.provider_id,
        handed_at: attempt.handed_at?.toISOString() ?? null,
        answered_at: attempt.answered_at?.toISOString() ?? null,
        class: attempt.answer_class,
        code: attempt.code,
        text: shownText(actor, attempt.text),
      })),
    }
  })
