import type { RenderedMessage } from '../channels/channel.ts'
import type { Deliver, Delivery } from '../channels/email/simulator.ts'
import { inAccount } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { uuidV7 } from '../lib/ids.ts'
import { notify } from '../live/index.ts'
import { readMail } from './parsing/mail.ts'
import { insertMails, type NewMail } from './queries.ts'

const toMail = async (deps: Deps, message: RenderedMessage): Promise<NewMail> => {
  const receivedAt = deps.clock.now()
  return {
    id: uuidV7(receivedAt),
    mailbox: 'account',
    origin: message.origin,
    messageId: message.messageId,
    campaignId: message.origin === 'campaign' ? message.sourceId : null,
    recipient: message.recipient,
    envelopeFrom: message.envelopeFrom,
    raw: message.raw,
    receivedAt,
    mail: await readMail(message.raw, deps.config.contentUrl),
  }
}

/**
 * Keeps mails in one transaction. A fault before the commit was asked for means that nothing was kept; one after it
 * leaves the outcome open.
 */
export const keepMails = async (
  deps: Deps,
  accountId: string,
  mails: readonly NewMail[],
): Promise<Delivery> => {
  let committing = false
  try {
    await inAccount(deps.db, accountId, async (trx) => {
      await insertMails(trx, accountId, mails)
      await notify(trx, accountId, 'simulator')
      committing = true
    })
    return { kind: 'kept' }
  } catch (error) {
    deps.log.warn({ err: error, part: 'simulator' }, 'mails were not kept in the built-in mailbox')
    return { kind: committing ? 'unknown' : 'refused', text: 'The built-in mailbox could not be reached.' }
  }
}

/** The way from the sending engine into the mailbox; a batch belongs to one account. */
export const deliverTo =
  (deps: Deps): Deliver =>
  async (batch) => {
    const accountId = batch[0]?.accountId
    if (accountId === undefined) return { kind: 'kept' }
    if (batch.some((message) => message.accountId !== accountId))
      throw new Error('a batch spans two accounts')
    const mails: NewMail[] = []
    for (const message of batch) mails.push(await toMail(deps, message))
    return keepMails(deps, accountId, mails)
  }
