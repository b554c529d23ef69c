import type { Trx } from '../../db/pool.ts'
import { applyLaterAnswers, insertMessageEvents, lockMessages } from '../../messages/index.ts'
import { type Outcome, tellReports } from './bounces.ts'
import { insertLateJournal } from './queries.ts'

export type ToldDelivery = {
  readonly messageId: string
  readonly code: string
  readonly text: string
  readonly origin: 'mail' | 'webhook' | 'simulator'
  readonly rawRef: string | null
}

/** The receiver took it: what was uncertain is accepted; a message that bounced since stays bounced. */
export const applyDelivery = async (trx: Trx, accountId: string, told: ToldDelivery): Promise<Outcome> => {
  const [message] = await lockMessages(trx, accountId, [told.messageId])
  if (!message) return 'unknown'
  if (['planned', 'claimed', 'handed'].includes(message.state)) return 'waiting'
  const { messageId, code, text } = told
  const [moved] = await applyLaterAnswers(trx, accountId, [
    {
      message_id: messageId,
      run_month: message.run_month,
      outcome: 'delivered',
      class: 'accepted',
      code,
      text,
    },
  ])
  if (!moved) return 'repeated'
  if (moved.before === 'uncertain') {
    await insertLateJournal(trx, accountId, message.source_id, { accepted: 1, rejected: 0 })
    await insertMessageEvents(trx, accountId, [
      {
        message_id: messageId,
        source_id: message.source_id,
        contact_id: message.contact_id,
        kind: 'delivered',
        raw_ref: told.rawRef,
        detail: { code, text, source: told.origin },
      },
    ])
    await tellReports(trx, accountId, [message.source_id])
  }
  return 'applied'
}
