import { addMs, hoursMs } from '../../lib/clock.ts'
import type { KeyRing } from '../../lib/secrets.ts'
import type { FormAction } from './page.ts'

const purpose = 'link'
const lifeMs = hoursMs(24)
/** A clock of another node may be a little ahead. */
const aheadMs = 60_000

const contextOf = (action: FormAction, messageId: string): string => `form|${action}|${messageId}`

/** Proves that a button stood on a page of ours for this message and act, less than a day ago. */
export const makeFormToken = (keys: KeyRing, action: FormAction, messageId: string, now: Date): string => {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(now.getTime()))
  return keys.seal(purpose, contextOf(action, messageId), time).toString('base64url')
}

export const isFormToken = (
  keys: KeyRing,
  action: FormAction,
  messageId: string,
  token: string,
  now: Date,
): boolean => {
  const time = keys.open(purpose, contextOf(action, messageId), Buffer.from(token, 'base64url'))
  if (time?.length !== 8) return false
  const madeAt = new Date(Number(time.readBigUInt64BE()))
  return madeAt <= addMs(now, aheadMs) && addMs(madeAt, lifeMs) >= now
}
