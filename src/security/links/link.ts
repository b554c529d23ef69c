import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { addMs, hoursMs, minutesMs } from '../../lib/clock.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import { deleteLinks, findLinkPlace, findLiveLink, insertLink, type LinkRow, useLink } from './queries.ts'

/** Life of each kind of link (security.md §4.2, §4.3). */
export const linkLifeMs = {
  activation: hoursMs(24),
  invitation: hoursMs(72),
  enrolment: hoursMs(24),
  password_reset: minutesMs(30),
  email_change: hoursMs(24),
  email_undo: hoursMs(7 * 24),
  not_me: hoursMs(24),
  sender_confirmation: hoursMs(48),
} as const

export type LinkPurpose = keyof typeof linkLifeMs | 'approval_cancel'

/** A link that proved to be live; `detail` is what its maker put in. */
export type Link = {
  readonly accountId: string
  readonly userId: string | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly expiresAt: Date
}

/** Unknown, expired, used, superseded, foreign, deleted user, foreign network: one answer for all (security.md §4.3). */
export const linkRefused = (): AppError => new AppError('link_refused', 400)

const toLink = (row: LinkRow): Link => ({
  accountId: row.account_id,
  userId: row.user_id,
  detail: row.detail as Record<string, unknown>,
  expiresAt: row.expires_at,
})

export type NewLink = {
  readonly accountId: string
  readonly userId: string | null
  readonly purpose: LinkPurpose
  readonly lifeMs: number
  readonly detail?: Readonly<Record<string, unknown>>
  /** Links of the same purpose and user made before die with this one. */
  readonly newestOnly?: boolean
}

/** Makes a link and answers its token, the only time it is known; the hash is stored in the caller's transaction. */
export const makeLink = async (trx: Trx, deps: Deps, link: NewLink): Promise<string> => {
  if (link.newestOnly && link.userId !== null)
    await deleteLinks(trx, link.accountId, { userId: link.userId, purposes: [link.purpose] })
  const token = makeToken()
  await insertLink(trx, link.accountId, {
    hash: hashToken(token),
    purpose: link.purpose,
    userId: link.userId,
    detail: link.detail ?? {},
    expiresAt: addMs(deps.clock.now(), link.lifeMs),
  })
  return token
}

/**
 * Finds a live link and consumes nothing: mail scanners open links too.
 * @throws AppError 400 `link_refused`.
 */
export const peekLink = async (deps: Deps, purpose: LinkPurpose, token: string): Promise<Link> => {
  const hash = hashToken(token)
  const accountId = await findLinkPlace(deps.db, hash, purpose)
  if (accountId === null) throw linkRefused()
  const row = await inAccount(deps.db, accountId, (trx) => findLiveLink(trx, accountId, hash, purpose))
  if (!row) throw linkRefused()
  return toLink(row)
}

/**
 * Consumes a link in the caller's transaction, which stands in the link's account (`peekLink` tells which).
 * @throws AppError 400 `link_refused` to all but one of parallel callers.
 */
export const consumeLink = async (
  trx: Trx,
  _deps: Deps,
  purpose: LinkPurpose,
  token: string,
): Promise<Link> => {
  const row = await useLink(trx, hashToken(token), purpose)
  if (!row) throw linkRefused()
  return toLink(row)
}

/** Ends links of a person before their time, all purposes or the named ones. */
export const killLinks = (trx: Trx, accountId: string, userId: string, purposes?: readonly LinkPurpose[]) =>
  deleteLinks(trx, accountId, { userId, ...(purposes ? { purposes } : {}) })
