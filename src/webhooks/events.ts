import type { Trx } from '../db/pool.ts'
import { insertEvent, listListeners } from './delivery/queries.ts'
import { coversEvent, type WebhookEventType } from './event-types/contract.ts'

export type EmittedEvent = {
  readonly type: WebhookEventType
  /** Ids and states; never codes, tokens, links or destinations of the system's own messages. */
  readonly data: Readonly<Record<string, unknown>>
  /** Orders the events of one object, which may arrive in any order. */
  readonly sequence?: number
}

/**
 * Writes an event for every endpoint that listens to it, in the transaction of what happened: told if and only if that
 * commits. The sweep sends it within a second; a job enqueued here would make all transactions of an account wait for
 * one another, since they would share its key.
 */
export const emitEvent = (trx: Trx, accountId: string, event: EmittedEvent): Promise<void> =>
  emitEvents(trx, accountId, [event])

/** Many at once ask once who listens. */
export const emitEvents = async (
  trx: Trx,
  accountId: string,
  emitted: readonly EmittedEvent[],
): Promise<void> => {
  if (emitted.length === 0) return
  const listeners = await listListeners(trx, accountId)
  for (const { type, data, sequence = null } of emitted) {
    const wanting = listeners.filter(({ events }) => coversEvent(events, type)).map(({ id }) => id)
    if (wanting.length > 0) await insertEvent(trx, accountId, { type, data, sequence }, wanting)
  }
}
