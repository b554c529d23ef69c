import { judgeAutomatic, subjectOf } from './automatic.ts'
import { gravest, readStatusGroups, type StatusGroup } from './delivery-status.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import { isComplaint, readFeedback } from './feedback.ts'
import { readParts } from './parts.ts'
import { readTextBounce } from './text-bounce.ts'

export type MailKind =
  | 'bounce'
  | 'delayed'
  | 'delivered'
  | 'complaint'
  | 'out_of_office'
  | 'auto_reply'
  | 'challenge'
  | 'other'

/** What a mail to a return path means. */
export type Understood = {
  readonly kind: MailKind
  readonly subject: string
  readonly address: string | null
  readonly code: string
  readonly text: string
  readonly receiver: string | null
  readonly evidence: Evidence
}

const kindOfAction = { failed: 'bounce', delayed: 'delayed', delivered: 'delivered' } as const

const nothing = { address: null, code: '', text: '', receiver: null }

/**
 * Judges a mail in the order of certainty: a complaint, a delivery status, words of a mail server, words of a person's
 * program. What is none of these was written by somebody.
 */
export const understandMail = (raw: Buffer, envelopeFrom: string): Understood => {
  const parts = readParts(raw)
  const [mail] = parts
  const evidence = readEvidence(parts)
  const subject = mail ? subjectOf(mail) : ''
  const is = (kind: MailKind, told: Partial<StatusGroup> = {}): Understood => {
    const { address, code, text, receiver } = { ...nothing, ...told }
    return { kind, subject, evidence, address, code, text: text.slice(0, 500), receiver }
  }
  const feedback = readFeedback(parts)
  if (feedback)
    return is(isComplaint(feedback) ? 'complaint' : 'other', {
      address: feedback.address,
      text: feedback.type,
      receiver: feedback.agent,
    })
  const status = gravest(readStatusGroups(parts))
  if (status) return is(kindOfAction[status.action], status)
  const fromNobody = envelopeFrom === '' || envelopeFrom === '<>'
  const told = readTextBounce(parts, fromNobody)
  if (told) return is(kindOfAction[told.action], told)
  return is(judgeAutomatic(parts, fromNobody) ?? 'other')
}
