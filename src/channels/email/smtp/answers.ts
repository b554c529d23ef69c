import type { SubmitAnswer } from '../../channel.ts'
import { classifyRefusal } from '../bounce-rules.ts'
import type { SmtpFault } from './failure.ts'
import type { Reply } from './reply.ts'

/** What was asked last: sender, recipient, permission for content, judgement of the content. */
export type Stage = 'mail' | 'recipient' | 'data' | 'content'

const codeOf = (reply: Reply): string => reply.enhanced ?? String(reply.code)

/** Refusals that speak about our access and not about the message (RFC 4954 §6). */
const accessCodes = new Set([530, 534, 535, 538])

export const isPositive = ({ code }: Reply): boolean => code >= 200 && code < 300

/** What a definite "no" means for the message. */
export const refusal = (reply: Reply, stage: Stage): SubmitAnswer => {
  const told = { code: codeOf(reply), text: reply.text }
  if (reply.code === 421) return { kind: 'throttled', ...told }
  if (accessCodes.has(reply.code) && stage === 'mail') return { kind: 'down', ...told }
  if (reply.code < 500) return { kind: 'temporary', ...told }
  const found = classifyRefusal(reply)
  // A refused sender is no fault of the recipient's address.
  return {
    kind: 'permanent',
    ...told,
    class: stage === 'mail' && found === 'unknown_user' ? 'policy' : found,
  }
}

/**
 * What a lost dialogue means. Before content was written nothing can have been taken; from the first byte of content
 * until the answer to the final dot nobody knows.
 */
export const lost = (fault: SmtpFault, stage: Stage): SubmitAnswer => {
  const told = { code: fault.code, text: fault.message }
  if (stage === 'content') return { kind: 'unanswered', ...told }
  if (stage === 'mail') return { kind: fault.reply?.code === 421 ? 'throttled' : 'down', ...told }
  // Costs an attempt: a relay that always drops at this recipient must not be asked for ever.
  return { kind: 'temporary', ...told }
}

const queueId = (reply: Reply): string | null =>
  /\bqueued as\s+([\w.-]{1,100})/i.exec(reply.text)?.[1] ?? null

export const acceptance = (reply: Reply): SubmitAnswer => ({
  kind: 'accepted',
  providerRef: queueId(reply),
  text: reply.text,
})
