import { recordAct } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { QueryOf } from '../../http/contract.ts'
import { conflict, invalidField, notFound, unprocessable } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import type { listWebhookDeliveries, Replay } from '../contract.ts'
import type { WebhookWork } from '../endpoint.ts'
import { isEventPattern } from '../event-types/contract.ts'
import { toDelivery } from '../presentation.ts'
import { findEndpoint, lockEndpoint } from '../queries.ts'
import { insertReplays, listDeliveries, reviveDeadLetters } from './queries.ts'

const replayMax = 10_000

const checkPattern = (pattern: string | undefined): void => {
  if (pattern !== undefined && !isEventPattern(pattern))
    throw unprocessable('unknown_event', '', { events: [pattern] })
}

export const readLog = (
  { deps, actor, now }: WebhookWork,
  id: string,
  query: QueryOf<typeof listWebhookDeliveries>,
) => {
  const { state, event, ...page } = query
  return inAccount(deps.db, actor.accountId, async (trx) => {
    if (!(await findEndpoint(trx, actor.accountId, id))) throw notFound()
    checkPattern(event)
    return pageById(
      page,
      { of: id, state, event },
      now,
      (after, limit) => listDeliveries(trx, actor.accountId, id, { state, event }, { after, limit }),
      toDelivery,
    )
  })
}

/** One delivery, a filter or a period: an empty wish would send everything, which nobody means. */
const checkWish = (wish: Replay): void => {
  if (Object.keys(wish).length === 0)
    throw invalidField('', 'required', 'must name deliveries, a filter or a period')
  checkPattern(wish.event)
  for (const name of ['from', 'to'] as const) {
    const at = wish[name]
    if (at !== undefined && Number.isNaN(Date.parse(at)))
      throw invalidField(`/${name}`, 'format', 'is no time')
  }
}

/** Sends events of the log once more; what is waiting already is not doubled. */
export const replay = ({ deps, actor }: WebhookWork, id: string, wish: Replay) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const endpoint = await lockEndpoint(trx, accountId, id)
    if (!endpoint) throw notFound()
    checkWish(wish)
    if (!endpoint.proven_at) throw conflict('webhook_not_tested')
    const queued = await insertReplays(trx, accountId, id, wish, replayMax)
    await reviveDeadLetters(trx, accountId, id)
    const after = { queued, ...wish }
    await recordAct(trx, deps, actor, { action: 'webhook.replayed', type: 'webhook', id, after })
    return { queued }
  })
