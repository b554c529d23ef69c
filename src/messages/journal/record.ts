import { crc32 } from 'node:zlib'
import type { SubmitAnswer } from '../../channels/channel.ts'
import { isUuid } from '../../lib/ids.ts'
import type { JournaledLease } from './journal.ts'
import type { Owner } from './owner.ts'

/** One line of a journal; leases are numbered within the file. */
export type JournalRecord =
  | { readonly kind: 'owner'; readonly owner: Owner }
  | { readonly kind: 'open'; readonly n: number; readonly lease: JournaledLease }
  | { readonly kind: 'begun'; readonly n: number; readonly messageId: string }
  | {
      readonly kind: 'answered'
      readonly n: number
      readonly messageId: string
      readonly answer: SubmitAnswer
    }
  | { readonly kind: 'settled'; readonly n: number }

const sumChars = 8
const sumOf = (text: string): string => crc32(text).toString(16).padStart(sumChars, '0')

/** The sum stands first, so that a line cut anywhere is seen to be cut. */
const line = (text: string): string => `${sumOf(text)} ${text}\n`

export const ownerLine = (owner: Owner): string => line(`w ${JSON.stringify(owner)}`)
export const openLine = (n: number, lease: JournaledLease): string => line(`o ${n} ${JSON.stringify(lease)}`)
export const begunLine = (n: number, messageId: string): string => line(`b ${n} ${messageId}`)
export const answeredLine = (n: number, messageId: string, answer: SubmitAnswer): string =>
  line(`a ${n} ${messageId} ${JSON.stringify(answer)}`)
export const settledLine = (n: number): string => line(`s ${n}`)

const pattern = /^([woabs]) (.*)$/s

const readNumbered = (kind: string, text: string): JournalRecord | null => {
  const [number = '', ...others] = text.split(' ')
  const n = Number(number)
  const [messageId = ''] = others
  if (!Number.isSafeInteger(n)) return null
  if (kind === 's') return { kind: 'settled', n }
  if (kind === 'o') return { kind: 'open', n, lease: JSON.parse(others.join(' ')) as JournaledLease }
  if (!isUuid(messageId)) return null
  if (kind === 'b') return { kind: 'begun', n, messageId }
  return { kind: 'answered', n, messageId, answer: JSON.parse(others.slice(1).join(' ')) as SubmitAnswer }
}

/** Null for a line that is not whole. */
export const readRecord = (text: string): JournalRecord | null => {
  const body = text.slice(sumChars + 1)
  if (text[sumChars] !== ' ' || text.slice(0, sumChars) !== sumOf(body)) return null
  const [, kind = '', rest = ''] = pattern.exec(body) ?? []
  if (kind === 'w') return { kind: 'owner', owner: JSON.parse(rest) as Owner }
  return kind === '' ? null : readNumbered(kind, rest)
}
