import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from '../../lib/secrets.ts'
import type { FactorMethod } from './contract.ts'

type CodeMethod = Exclude<FactorMethod, 'passkey'>
/** A mailbox is slower to type from and easier to guess against at leisure, hence its longer code. */
const digits: Record<CodeMethod, number> = { sms: 6, email: 8, totp: 6 }

/** 128 random bits as 22 characters base64url. */
export const makeDialogueId = (): string => randomBytes(16).toString('base64url')
export const isDialogueId = (text: string): boolean => /^[\w-]{22}$/.test(text)

export const makeCode = (method: 'email' | 'sms'): string =>
  String(randomInt(0, 10 ** digits[method])).padStart(digits[method], '0')

/** Spaces and dashes do not matter; anything but exactly the digits of the method is no code at all. */
export const parseCode = (method: CodeMethod, typed: string): string | null => {
  const bare = typed.replaceAll(/[ -]/g, '')
  return bare.length === digits[method] && /^[0-9]+$/.test(bare) ? bare : null
}

export type CodePlace = {
  readonly id: string
  readonly purpose: string
  readonly userId: string
  readonly accountId: string
}

/** Fits one challenge, one purpose, one user; the key is not in the database (security.md §3.2). */
export const codeMac = (keys: KeyRing, place: CodePlace, code: string): Buffer =>
  createHmac('sha256', keys.purposeKey('challenge-code'))
    .update([place.id, place.purpose, place.userId, place.accountId, code].join('\n'))
    .digest()

export const fitsMac = (stored: Buffer | null, computed: Buffer): boolean =>
  stored !== null && stored.length === computed.length && timingSafeEqual(stored, computed)
