import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type LinkToken, openLinkToken } from '../content/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import { clientAddress } from '../http/client-address.ts'
import type { Deps } from '../http/deps.ts'
import { uuidFromBytes, uuidV7 } from '../lib/ids.ts'
import { truncateAddress } from './address.ts'
import type { ReportNotices } from './notices.ts'
import { findTracked, insertHit, type TrackedMessage } from './queries.ts'

const valueCharsMax = 500
/** What tells programs from people later (email.md §9.2); nothing of it names a person. */
const headersKept = [
  'accept',
  'accept-encoding',
  'accept-language',
  'purpose',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-user',
  'sec-purpose',
  'via',
  'x-purpose',
] as const

// PostgreSQL stores no NUL; Node lets none through in a header, but a lone control character may arrive.
const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ').slice(0, valueCharsMax)

const keptHeaders = (request: FastifyRequest): Record<string, string> =>
  Object.fromEntries(
    headersKept.flatMap((name) => {
      const value = request.headers[name]
      return typeof value === 'string' ? [[name, plain(value)]] : []
    }),
  )

/** Counts one anonymous recipient once, while nobody can look the message up in the ledger. */
const pseudonym = (deps: Deps, messageId: string): string =>
  uuidFromBytes(createHmac('sha256', deps.keys.purposeKey('anonymous-hit')).update(messageId).digest())

const keepHit = async (
  trx: Trx,
  deps: Deps,
  hit: { kind: 'open' | 'click'; link: LinkToken; message: TrackedMessage; url: string | null },
  request: FastifyRequest,
): Promise<void> => {
  const { kind, link, message, url } = hit
  const now = deps.clock.now()
  const agent = request.headers['user-agent']
  await insertHit(trx, link.accountId, {
    id: uuidV7(now),
    eventId: uuidV7(now),
    sourceId: message.source_id,
    messageId: message.anonymous ? pseudonym(deps, link.messageId) : link.messageId,
    contactId: message.anonymous ? null : message.contact_id,
    kind,
    position: kind === 'click' ? link.position : null,
    url,
    method: request.method,
    ipTrunc: message.anonymous ? null : truncateAddress(clientAddress(request)),
    userAgent: agent === undefined ? null : plain(agent),
    headers: keptHeaders(request),
  })
}

export type Tracker = {
  /** False when the token is none of ours. */
  open(token: string, request: FastifyRequest): Promise<boolean>
  /** Where the click goes: only what was stored for that message; null otherwise. */
  click(token: string, request: FastifyRequest): Promise<string | null>
}

/** An address a browser may be sent to; `href` is ASCII and free of line breaks. */
const redirectable = (target: string | null): string | null => {
  if (target === null || !URL.canParse(target)) return null
  const url = new URL(target)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
}

/** Keeps opens and clicks; a hit is durable before its answer leaves. */
export const makeTracker = (deps: Deps, notices: ReportNotices): Tracker => ({
  open: async (token, request) => {
    const link = openLinkToken(deps.keys, 'open', token)
    if (!link) return false
    await inAccount(deps.db, link.accountId, async (trx) => {
      const { message } = await findTracked(trx, link.accountId, link)
      if (message) await keepHit(trx, deps, { kind: 'open', link, message, url: null }, request)
    })
    notices.touch(link.accountId, link.campaignId)
    return true
  },
  click: async (token, request) => {
    const link = openLinkToken(deps.keys, 'click', token)
    if (!link) return null
    const url = await inAccount(deps.db, link.accountId, async (trx) => {
      const { target, message } = await findTracked(trx, link.accountId, link)
      const place = redirectable(link.personalTarget ?? target)
      if (place && message) await keepHit(trx, deps, { kind: 'click', link, message, url: target }, request)
      return place
    })
    if (url) notices.touch(link.accountId, link.campaignId)
    return url
  },
})
