import type { RenderedMessage } from '../../channels/channel.ts'
import type { Deliver, Delivery, SimulatorParts, TakenMail } from '../../channels/email/simulator/adapter.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import { insertActs } from '../acts/queries.ts'
import { listOwnOrigins } from '../origins/queries.ts'
import { readMail } from '../parsing/mail.ts'
import { quickRead } from '../parsing/quick.ts'
import { behaviourFor } from '../scripts/behaviour.ts'
import { packMail } from './packing.ts'
import { insertMails, insertQuickMails, type NewMail, type QuickNewMail } from './queries.ts'

type Kept = NewMail | QuickNewMail
const isQuick = (mail: Kept): mail is QuickNewMail => 'quick' in mail
const isWhole = (mail: Kept): mail is NewMail => 'mail' in mail

const headOf = (deps: Deps, message: RenderedMessage) => {
  const receivedAt = deps.clock.now()
  return {
    id: uuidV7(receivedAt),
    mailbox: 'account' as const,
    origin: message.origin,
    messageId: message.messageId,
    campaignId: message.origin === 'campaign' ? message.sourceId : null,
    recipient: message.recipient,
    envelopeFrom: message.envelopeFrom,
    receivedAt,
  }
}

const ownOrigins = (deps: Deps, accountId: string): Promise<string[]> =>
  inAccount(deps.db, accountId, (trx) => listOwnOrigins(trx, deps, accountId))

const toMail = async (deps: Deps, message: RenderedMessage): Promise<Kept> => {
  const { raw, accountId } = message
  const quick = quickRead(raw)
  return quick
    ? { ...headOf(deps, message), packed: packMail(raw), size: raw.length, quick }
    : { ...headOf(deps, message), raw, mail: await readMail(raw, await ownOrigins(deps, accountId)) }
}

/**
 * Runs `keep` in one transaction. A fault before the commit was asked for means that nothing was kept; one after it
 * leaves the outcome open.
 */
const keeping = async (
  deps: Deps,
  accountId: string,
  keep: (trx: Trx) => Promise<void>,
): Promise<Delivery> => {
  let committing = false
  try {
    await inAccount(deps.db, accountId, async (trx) => {
      await keep(trx)
      await notify(trx, accountId, 'simulator')
      committing = true
    })
    return { kind: 'kept' }
  } catch (error) {
    deps.log.warn({ err: error, part: 'simulator' }, 'mails were not kept in the built-in mailbox')
    return { kind: committing ? 'unknown' : 'refused', text: 'The built-in mailbox could not be reached.' }
  }
}

export const keepMails = (deps: Deps, accountId: string, mails: readonly NewMail[]): Promise<Delivery> =>
  keeping(deps, accountId, (trx) => insertMails(trx, accountId, mails))

const actsOf = (deps: Deps, taken: readonly TakenMail[], mails: readonly Kept[]) =>
  taken.flatMap(({ acts }, index) => {
    const mailId = mails[index]?.id
    return mailId === undefined ? [] : acts.map((act) => ({ ...act, id: uuidV7(deps.clock.now()), mailId }))
  })

/** The way from the sending engine into the mailbox; a batch belongs to one account. */
export const deliverTo =
  (deps: Deps): Deliver =>
  async (taken) => {
    const accountId = taken[0]?.message.accountId
    if (accountId === undefined) return { kind: 'kept' }
    if (taken.some(({ message }) => message.accountId !== accountId))
      throw new Error('a batch spans two accounts')
    const mails: Kept[] = []
    for (const { message } of taken) mails.push(await toMail(deps, message))
    return keeping(deps, accountId, async (trx) => {
      await insertQuickMails(trx, accountId, mails.filter(isQuick))
      await insertMails(trx, accountId, mails.filter(isWhole))
      await insertActs(trx, accountId, actsOf(deps, taken, mails))
    })
  }

/** What the adapter of the built-in mailbox is handed: the rules of the account, and the way in. */
export const mailboxFor = (deps: Deps): SimulatorParts => ({
  deliver: deliverTo(deps),
  behaviourOf: behaviourFor(deps),
})
