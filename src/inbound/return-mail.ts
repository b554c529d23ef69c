import { inAccount } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { enqueue } from '../jobs/index.ts'
import { type Destination, findDestination } from './mails/destination.ts'
import { accountExists, insertMail } from './mails/queries.ts'

/** One mail to one address of ours, as it arrived. */
export type ReturnMail = {
  /** Empty for reports (RFC 5321 §4.5.5). */
  readonly envelopeFrom: string
  readonly envelopeTo: string
  readonly raw: Buffer
  /** Where the built-in mailbox answers a message without return path: whose message it was. */
  readonly about?: { readonly accountId: string; readonly messageId: string }
}

const addressCharsMax = 320
const clean = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, '')
    .toWellFormed()
    .slice(0, addressCharsMax)

const toDestination = ({ accountId, messageId }: NonNullable<ReturnMail['about']>): Destination => ({
  accountId,
  messageId,
  purpose: 'return_path',
  runMonth: null,
  isTest: false,
})

/**
 * The one entry for mail that comes back, from the listener and from the built-in mailbox. It is stored as it is, with the
 * job that reads it, before anybody is told that it was taken; false when no address of ours was meant.
 */
export const receiveReturnMail = async (deps: Deps, mail: ReturnMail): Promise<boolean> => {
  const found = await findDestination(deps, mail.envelopeTo)
  const destination = found ?? (mail.about ? toDestination(mail.about) : null)
  if (!destination) return false
  const { accountId } = destination
  return inAccount(deps.db, accountId, async (trx) => {
    if (!(await accountExists(trx, accountId))) return false
    const id = await insertMail(trx, accountId, {
      purpose: destination.purpose,
      messageId: destination.messageId,
      runMonth: destination.runMonth,
      isTest: destination.isTest,
      envelopeFrom: clean(mail.envelopeFrom),
      envelopeTo: clean(mail.envelopeTo),
      raw: mail.raw,
    })
    await enqueue(trx, 'read_inbound_mail', { account_id: accountId, id })
    return true
  })
}
