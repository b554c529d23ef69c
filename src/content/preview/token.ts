import type { Deps } from '../../http/deps.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import type { KeyRing } from '../../lib/secrets.ts'

const purpose = 'preview'
const context = 'preview|1'
const lifeMs = minutesMs(10)
const tokenPattern = /^[A-Za-z0-9_-]{1,2000}$/

/** What one preview address shows; `detail` is for the feature that serves this kind. */
export type PreviewSubject = {
  readonly accountId: string
  readonly kind: string
  readonly id: string
  readonly detail?: Readonly<Record<string, string>>
}

/** An address on CONTENT_URL, good for 10 minutes; the reader of it needs no session, so it is sealed and not guessable. */
export const sealPreview = (deps: Deps, subject: PreviewSubject): { url: string; expires_at: string } => {
  const expires = addMs(deps.clock.now(), lifeMs)
  const plain = Buffer.from(JSON.stringify([subject, expires.getTime()]))
  const token = deps.keys.seal(purpose, context, plain).toString('base64url')
  return { url: `${deps.config.contentUrl}/preview/${token}`, expires_at: expires.toISOString() }
}

/** Null when the token is none of ours or too old. */
export const openPreview = (keys: KeyRing, token: string, now: Date): PreviewSubject | null => {
  if (!tokenPattern.test(token)) return null
  const plain = keys.open(purpose, context, Buffer.from(token, 'base64url'))
  if (!plain) return null
  const [subject, expiresMs] = JSON.parse(plain.toString()) as [PreviewSubject, number]
  return now.getTime() < expiresMs ? subject : null
}
