import type { SubmitAnswer } from '../../channels/channel.ts'
import { nextWaitSeconds } from '../retries/schedule.ts'
import type { RecordedResult } from './queries.ts'

const throttledWaitSeconds = 30
const downWaitSeconds = 60

export type AttemptContext = {
  readonly attempts: number
  readonly now: Date
  readonly random: number
  readonly plannedAt: Date
}

const base = (messageId: string, answer: { code?: string; text?: string; kind: string }): RecordedResult => ({
  message_id: messageId,
  state: 'planned',
  reason: null,
  delivery_status: 'queued',
  answer_class: answer.kind,
  code: answer.code ?? '',
  text: (answer.text ?? '').replaceAll('\u0000', ''),
  provider_ref: null,
  counted: 0,
  retry_seconds: 0,
  begun: true,
})

/** Translates an adapter's answer into the next state of the ledger row (sending.md §2.1, §6). */
export const toResult = (
  messageId: string,
  answer: SubmitAnswer,
  context: AttemptContext,
): RecordedResult => {
  const result = base(messageId, answer)
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
      const wait = nextWaitSeconds(context.attempts, context.plannedAt, context.now, context.random)
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
      return { ...result, begun: false, retry_seconds: answer.retryAfterSeconds ?? downWaitSeconds }
    case 'not_begun':
      return { ...result, begun: false }
    case 'unanswered':
      return { ...result, state: 'uncertain', counted: 1, delivery_status: 'submitted' }
  }
}
