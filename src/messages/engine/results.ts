import type { SubmitAnswer } from '../../channels/channel.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { nextWaitSeconds } from '../retries/schedule.ts'
import type { SourceKind } from '../source.ts'
import type { RecordedResult } from './record/queries.ts'

const throttledWaitSeconds = 30
/** Then the next route has its turn, if there is one (sending.md §6). */
const downWaitSeconds = { campaign: 60, test: 60, transactional: 5 }
const textMax = 500

export type AttemptContext = {
  readonly attempts: number
  readonly now: Date
  readonly random: number
  readonly plannedAt: Date
  readonly kind: SourceKind
}

const base = (
  messageId: string,
  answer: { code?: string; text?: string; kind: string },
  now: Date,
): RecordedResult => ({
  message_id: messageId,
  state: 'planned',
  reason: null,
  delivery_status: 'queued',
  answer_class: answer.kind,
  code: answer.code ?? '',
  text: (answer.text ?? '').replaceAll('\u0000', '').slice(0, textMax),
  provider_ref: null,
  counted: 0,
  retry_seconds: 0,
  begun: true,
  event_id: uuidV7(now),
})

/** Translates an adapter's answer into the next state of the ledger row (sending.md §2.1, §6). */
export const toResult = (
  messageId: string,
  answer: SubmitAnswer,
  context: AttemptContext,
): RecordedResult => {
  const result = base(messageId, answer, context.now)
  switch (answer.kind) {
    case 'accepted':
      return {
        ...result,
        state: 'accepted',
        delivery_status: 'delivered',
        provider_ref: answer.providerRef,
        counted: 1,
      }
    case 'permanent':
      return {
        ...result,
        state: 'rejected',
        reason: answer.class,
        delivery_status: 'undelivered',
        counted: 1,
      }
    case 'temporary': {
      const wait = nextWaitSeconds(context)
      if (wait === null)
        return { ...result, state: 'rejected', reason: 'expired', delivery_status: 'expired', counted: 1 }
      return {
        ...result,
        delivery_status: 'deferred',
        counted: 1,
        retry_seconds: Math.max(wait, answer.retryAfterSeconds ?? 0),
      }
    }
    case 'throttled':
      return { ...result, begun: false, retry_seconds: answer.retryAfterSeconds ?? throttledWaitSeconds }
    case 'down':
      return {
        ...result,
        begun: false,
        retry_seconds: answer.retryAfterSeconds ?? downWaitSeconds[context.kind],
      }
    case 'not_begun':
      return { ...result, begun: false }
    case 'unanswered':
      return { ...result, state: 'uncertain', counted: 1, delivery_status: 'submitted' }
  }
}
