import { type Fields, readFields } from './fields.ts'
import type { Part } from './parts.ts'

/** What one group of a delivery status (RFC 3464 §2.3) says. */
export type StatusGroup = {
  readonly action: 'failed' | 'delayed' | 'delivered'
  readonly address: string | null
  readonly code: string
  readonly text: string
  /** The server that said so. */
  readonly receiver: string | null
}

const groupsMax = 50
const enhancedPattern = /\b([245]\.\d{1,3}\.\d{1,3})\b/

/** `rfc822; anna@example.org`, with brackets, comments or without type. */
const addressOf = (value: string | null): string | null => {
  if (value === null) return null
  const text = value.replace(/^[^;]{1,40};/, '')
  return /[^\s<>";,()]{1,64}@[^\s<>";,()]{1,255}/.exec(text)?.[0] ?? null
}

const afterType = (value: string | null): string =>
  (value ?? '')
    .replace(/^\s*[a-z0-9-]{1,40}\s*;\s*/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

const actionOf = (fields: Fields, status: string): StatusGroup['action'] | null => {
  const word =
    (fields.first('action') ?? '')
      .trim()
      .toLowerCase()
      .split(/[\s(;]/)[0] ?? ''
  if (word === 'failed') return 'failed'
  if (word === 'delayed') return 'delayed'
  if (word === 'delivered' || word === 'relayed' || word === 'expanded') return 'delivered'
  if (status.startsWith('5')) return 'failed'
  return status.startsWith('4') ? 'delayed' : status.startsWith('2') ? 'delivered' : null
}

/**
 * The code that tells most: many servers write a general status (`5.0.0`) and the receiver's own code into the
 * diagnostic text.
 */
const codeOf = (status: string, diagnostic: string): string => {
  const own = enhancedPattern.exec(status)?.[1] ?? null
  const told = enhancedPattern.exec(diagnostic)?.[1] ?? null
  const general = own === null || /^[245]\.0\.0$/.test(own)
  if (!general && own) return own
  return told ?? own ?? /\b([245]\d\d)\b/.exec(diagnostic)?.[1] ?? ''
}

const toGroup = (fields: Fields): StatusGroup | null => {
  const status = fields.first('status') ?? ''
  const diagnostic = afterType(fields.first('diagnostic-code'))
  const action = actionOf(fields, status.trim())
  const address = addressOf(fields.first('original-recipient')) ?? addressOf(fields.first('final-recipient'))
  if (action === null || (address === null && !fields.has('status') && !fields.has('action'))) return null
  return {
    action,
    address,
    code: codeOf(status, diagnostic),
    text: diagnostic || status.replaceAll(/\s+/g, ' ').trim(),
    receiver: afterType(fields.first('remote-mta')) || null,
  }
}

const looksLikeStatus = (part: Part): boolean =>
  part.type === 'message/delivery-status' ||
  part.type === 'message/global-delivery-status' ||
  // Some servers call the status plain text.
  (part.depth > 0 && /^text\//.test(part.type) && /^(?:final|original)-recipient\s*:/im.test(part.text))

/** Groups of all status parts, wherever they stand in the mail. */
export const readStatusGroups = (parts: readonly Part[]): StatusGroup[] =>
  parts
    .filter(looksLikeStatus)
    .flatMap((part) => part.text.split(/\r?\n[ \t]*\r?\n/))
    .map((block) => readFields(block))
    .filter(
      (fields) => fields.has('final-recipient') || fields.has('original-recipient') || fields.has('action'),
    )
    .slice(0, groupsMax)
    .flatMap((fields) => toGroup(fields) ?? [])

/** One report about one message: a failure outweighs the rest. */
export const gravest = (groups: readonly StatusGroup[]): StatusGroup | null =>
  groups.find((group) => group.action === 'failed') ??
  groups.find((group) => group.action === 'delayed') ??
  groups[0] ??
  null
