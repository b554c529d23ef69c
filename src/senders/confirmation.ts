import { byVisitor, recordActOf } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor, Where } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { conflict, notFound } from '../http/errors.ts'
import { consumeLink, linkLifeMs, linkRefused, makeLink, peekLink, spendLimits } from '../security/index.ts'
import { domainOfSender } from '../sender-domains/index.ts'
import { sendSystem } from '../system-stream/index.ts'
import type { Sender } from './contract.ts'
import { presentSender } from './presentation.ts'
import { findSender, markConfirmed, noteConfirmationSent, type SenderRow } from './queries.ts'

const mailsPerAddressMax = 5
const mailsPerAccountMax = 100
const daySeconds = 86_400
const purpose = 'sender_confirmation'

/** Mails the link that proves the mailbox; whoever reads it need not be of the account. */
export const mailConfirmation = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  row: SenderRow,
): Promise<SenderRow> => {
  const { accountId, language } = actor
  const detail = { sender_id: row.id, email: row.value }
  const token = await makeLink(trx, deps, {
    accountId,
    userId: null,
    purpose,
    lifeMs: linkLifeMs[purpose],
    detail,
  })
  await sendSystem(trx, deps, {
    accountId,
    userId: null,
    kind: 'sender_confirm',
    to: { email: row.value },
    language,
    values: { token },
  })
  return noteConfirmationSent(trx, accountId, row.id)
}

/**
 * Limits what strangers may be mailed, before the transaction that does it; an authorized domain vouches for itself.
 * @throws AppError 429 `rate_limited`
 */
export const admitConfirmation = async (deps: Deps, accountId: string, email: string): Promise<void> => {
  const domain = await inAccount(deps.db, accountId, (trx) => domainOfSender(trx, accountId, email))
  if (domain?.authorized) return
  const day = { windowSeconds: daySeconds }
  await spendLimits(deps.db, [
    { key: `sender_confirm:${accountId}:${email.toLowerCase()}`, max: mailsPerAddressMax, ...day },
    { key: `sender_confirm:${accountId}`, max: mailsPerAccountMax, ...day },
  ])
}

export const resendConfirmation = async (deps: Deps, actor: Actor, id: string): Promise<Sender> => {
  const { accountId } = actor
  const known = await inAccount(deps.db, accountId, async (trx) => {
    const row = await findSender(trx, accountId, id)
    if (!row) throw notFound()
    const sender = await presentSender(trx, accountId, row)
    if (sender.state !== 'pending') throw conflict('not_resendable')
    return row
  })
  await admitConfirmation(deps, accountId, known.value)
  return inAccount(deps.db, accountId, async (trx) => {
    const row = await findSender(trx, accountId, id)
    if (!row) throw notFound()
    return presentSender(trx, accountId, await mailConfirmation(trx, deps, actor, row))
  })
}

/** @throws AppError 400 `link_refused` */
export const peekConfirmation = async (deps: Deps, token: string): Promise<{ email: string }> => ({
  email: String((await peekLink(deps, purpose, token)).detail['email']),
})

/** @throws AppError 400 `link_refused`, also when the sender has another address by now */
export const confirmAddress = async (deps: Deps, token: string, where: Where): Promise<void> => {
  const { accountId, detail } = await peekLink(deps, purpose, token)
  const [id, email] = [String(detail['sender_id']), String(detail['email'])]
  await inAccount(deps.db, accountId, async (trx) => {
    await consumeLink(trx, deps, purpose, token)
    const row = await markConfirmed(trx, accountId, id, email)
    if (!row) throw linkRefused()
    await recordActOf(trx, deps, byVisitor(accountId, where), {
      action: 'sender.changed',
      type: 'sender',
      id,
      before: { state: 'pending' },
      after: { state: 'verified' },
    })
  })
}
