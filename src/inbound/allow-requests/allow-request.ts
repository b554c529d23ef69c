import { recordAct } from '../../audit/index.ts'
import { addressKey, liftBounceReasons } from '../../contacts/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, invalidField, notFound, unprocessable } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import type { PageQuery } from '../../http/page.ts'
import { shownEmail } from '../../http/personal-data.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import { publicMailboxOf } from '../../sender-domains/index.ts'
import { addressHasher, receiverOf } from '../effects/address.ts'
import type { AllowRequest } from './contract.ts'
import {
  type AllowRow,
  decideAllowRow,
  findAllowRow,
  findReasonOf,
  insertAllowRow,
  listAllowRows,
  lockAllowRow,
} from './queries.ts'

const allowedMs = hoursMs(90 * 24)
/** Only the person comes back from these. */
const lasting = new Set(['complained', 'unsubscribed', 'erased'])
const bounceReasons = new Set(['hard_bounced', 'soft_bounced_repeatedly', 'invalid_address'])

const personOf = (id: string | null, name: string | null): AllowRequest['requested_by'] =>
  id === null ? null : { id, name: name ?? '' }

const toRequest = (actor: Actor, row: AllowRow): AllowRequest => ({
  id: row.id,
  address: shownEmail(actor, row.address),
  substantiation: row.substantiation,
  state: row.state,
  comment: row.comment,
  requested_by: personOf(row.requested_by, row.requester),
  decided_by: personOf(row.decided_by, row.decider),
  decided_at: row.decided_at?.toISOString() ?? null,
  allowed_until: row.allowed_until?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  version: row.version,
})

export const listRequests = (
  deps: Deps,
  actor: Actor,
  query: PageQuery & { state?: 'pending' | 'accepted' | 'rejected' },
  now: Date,
) =>
  inAccount(deps.db, actor.accountId, (trx) => {
    const filter = query.state === undefined ? {} : { state: query.state }
    return pageById(
      query,
      ['allow_requests', filter],
      now,
      (after, limit) => listAllowRows(trx, actor.accountId, filter, after, limit),
      (row) => toRequest(actor, row),
    )
  })

/** Refused at once where no other person could decide either (email.md §12). */
const judge = async (trx: Trx, accountId: string, address: string, hash: Buffer): Promise<void> => {
  const reason = await findReasonOf(trx, accountId, hash)
  if (reason !== null && lasting.has(reason))
    throw unprocessable('immutable', 'Only the person can lift this suppression, by a renewed opt-in.')
  const mailbox = publicMailboxOf(receiverOf(address) ?? '')
  if (mailbox)
    throw unprocessable('public_domain_refused', `${mailbox} tells reliably which mailboxes exist.`)
  if (reason === null || !bounceReasons.has(reason))
    throw invalidField('/address', 'not_in_list', 'is not suppressed because of bounces')
}

export const createRequest = (
  deps: Deps,
  actor: Actor,
  given: { address: string; substantiation: string },
  now: Date,
): Promise<AllowRequest> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId, userId } = actor
    const address = addressKey('email', given.address, '')
    const hash = address === null ? null : (await addressHasher(trx, deps, accountId))(address)
    if (address === null || hash === null) throw unprocessable('email_invalid')
    await judge(trx, accountId, address, hash)
    const id = uuidV7(now)
    const { substantiation } = given
    if (!(await insertAllowRow(trx, accountId, { id, address, hash, substantiation, requestedBy: userId })))
      throw conflict('already_pending')
    await notify(trx, accountId, 'bounce', id)
    const row = await findAllowRow(trx, accountId, id)
    if (!row) throw notFound()
    await recordAct(trx, deps, actor, {
      action: 'allow_request.created',
      type: 'allow_request',
      id,
      after: { state: 'pending', substantiation },
    })
    return toRequest(actor, row)
  })

const decide = (
  deps: Deps,
  actor: Actor,
  id: string,
  decision: { state: 'accepted' | 'rejected'; comment: string | null; allowedUntil: Date | null },
): Promise<AllowRequest> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId, userId } = actor
    const row = await lockAllowRow(trx, accountId, id)
    if (!row) throw notFound()
    if (row.state !== 'pending') throw conflict('not_pending')
    if (userId === null || row.requested_by === userId) throw new AppError('self_approval', 403)
    await decideAllowRow(trx, accountId, id, { ...decision, decidedBy: userId })
    if (decision.allowedUntil)
      await liftBounceReasons(trx, accountId, row.address_hash, decision.allowedUntil)
    await notify(trx, accountId, 'bounce', id)
    const after = await findAllowRow(trx, accountId, id)
    if (!after) throw notFound()
    await recordAct(trx, deps, actor, {
      action: decision.state === 'accepted' ? 'allow_request.accepted' : 'allow_request.rejected',
      type: 'allow_request',
      id,
      before: { state: 'pending' },
      after: { state: decision.state, comment: decision.comment },
    })
    return toRequest(actor, after)
  })

export const acceptRequest = (deps: Deps, actor: Actor, id: string, comment: string | null, now: Date) =>
  decide(deps, actor, id, { state: 'accepted', comment, allowedUntil: addMs(now, allowedMs) })

export const rejectRequest = (deps: Deps, actor: Actor, id: string, comment: string | null) =>
  decide(deps, actor, id, { state: 'rejected', comment, allowedUntil: null })
