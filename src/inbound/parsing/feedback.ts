import { type Fields, readFields } from './fields.ts'
import type { Part } from './parts.ts'

/** A complaint of a receiver's user (RFC 5965). */
export type Feedback = {
  readonly type: string
  readonly address: string | null
  readonly agent: string | null
}

/** Others report of keys or policies and accuse nobody (RFC 6591, RFC 7489). */
const complaints = new Set(['abuse', 'fraud', 'virus', 'other', 'opt-out', 'opt-out-list', 'miscategorized'])

const toFeedback = (fields: Fields): Feedback => ({
  type: (fields.first('feedback-type') ?? 'abuse').trim().toLowerCase().slice(0, 40),
  address: /[^\s<>";,()]{1,64}@[^\s<>";,()]{1,255}/.exec(fields.first('original-rcpt-to') ?? '')?.[0] ?? null,
  agent: fields.first('user-agent')?.slice(0, 200) ?? null,
})

export const readFeedback = (parts: readonly Part[]): Feedback | null => {
  const part =
    parts.find(({ type }) => type === 'message/feedback-report') ??
    parts.find(({ depth, text }) => depth > 0 && /^feedback-type\s*:/im.test(text.slice(0, 4_000)))
  return part ? toFeedback(readFields(part.text)) : null
}

export const isComplaint = ({ type }: Feedback): boolean => complaints.has(type)
