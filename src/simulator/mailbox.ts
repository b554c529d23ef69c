import type { Static } from 'typebox'
import { inAccount, instanceAccountId, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, invalidField, notFound } from '../http/errors.ts'
import { pageById } from '../http/id-page.ts'
import { seesPersonalData } from '../http/personal-data.ts'
import { notify } from '../live/index.ts'
import type { listSimulatorMessages, SimulatorMessage } from './contract.ts'
import { unpackMail } from './keeping/packing.ts'
import { requireRecipient, shownMail } from './masking.ts'
import { toHead, toMessage } from './presentation.ts'
import {
  deleteMail,
  deleteMails,
  findMail,
  findPart,
  findSource,
  listMails,
  type Mailbox,
  type MailRow,
} from './queries.ts'
import { readAllWhole, readWhole, type WholeMail } from './reading.ts'

/** Which mailbox of which account. */
export type Place = { readonly accountId: string; readonly mailbox: Mailbox }

const own = (actor: Actor): Place => ({ accountId: actor.accountId, mailbox: 'account' })
const shared: Place = { accountId: instanceAccountId, mailbox: 'shared' }

/** The shared mailbox is for staff, and for owners while PUBLIC_URL is loopback (sending.md §14). */
export const seesShared = (deps: Deps, actor: Actor): boolean =>
  actor.staff || (actor.owner && deps.config.loopback)

const placeOf = (deps: Deps, actor: Actor, mailbox: Mailbox | undefined): Place => {
  const wanted = mailbox ?? (actor.staff ? 'shared' : 'account')
  const allowed = wanted === 'shared' ? seesShared(deps, actor) : !actor.staff
  if (!allowed) throw new AppError('permission_denied', 403, '', { permission: 'sending.simulator.use' })
  return wanted === 'shared' ? shared : own(actor)
}

const placesOf = (deps: Deps, actor: Actor): Place[] => [
  ...(actor.staff ? [] : [own(actor)]),
  ...(seesShared(deps, actor) ? [shared] : []),
]

/** What the simulator offers the caller: the mailboxes to look into, and the door for other programs. */
export const offerTo = (deps: Deps, actor: Actor) => ({
  mailboxes: placesOf(deps, actor).map(({ mailbox }) => mailbox),
  smtp: deps.config.simulatorSmtpListen,
})

/** Runs `act` where the mail is; a mail in no mailbox of the actor is not found. */
export const withMail = async <T>(
  deps: Deps,
  actor: Actor,
  id: string,
  act: (trx: Trx, place: Place, row: WholeMail<MailRow>) => Promise<T>,
): Promise<T> => {
  for (const place of placesOf(deps, actor)) {
    const found = await inAccount(deps.db, place.accountId, async (trx) => {
      const row = await findMail(trx, place.accountId, place.mailbox, id)
      return row ? { value: await act(trx, place, await readWhole(trx, deps, place.accountId, row)) } : null
    })
    if (found) return found.value
  }
  throw notFound()
}

type ListQuery = Static<typeof listSimulatorMessages.query>

/** Text to a time the database knows: leap seconds and the year 0 are none. */
const readSince = (since: string | undefined): string | undefined => {
  if (since === undefined) return undefined
  const at = new Date(since)
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1)
    throw invalidField('/since', 'pattern', 'is not a time like 2030-01-31T12:00:00.000Z')
  return at.toISOString()
}

export const listMailbox = (deps: Deps, actor: Actor, query: ListQuery, now: Date) => {
  const place = placeOf(deps, actor, query.mailbox)
  const { channel, to, from, q } = query
  const since = readSince(query.since)
  const filter = {
    ...(place.mailbox === 'account' && !seesPersonalData(actor) ? { masked: true } : {}),
    ...(channel === undefined ? {} : { channel }),
    ...(to === undefined ? {} : { to }),
    ...(from === undefined ? {} : { from }),
    ...(q === undefined ? {} : { q }),
    ...(query.campaign_id === undefined ? {} : { campaignId: query.campaign_id }),
    ...(query.message_id === undefined ? {} : { messageId: query.message_id }),
    ...(since === undefined ? {} : { since }),
  }
  return inAccount(deps.db, place.accountId, (trx) =>
    pageById(
      query,
      [place.mailbox, filter],
      now,
      async (after, limit) =>
        readAllWhole(
          trx,
          deps,
          place.accountId,
          await listMails(trx, place.accountId, place.mailbox, filter, after, limit),
        ),
      (row) => shownMail(actor, row, toHead(row)),
    ),
  )
}

export const readMailboxMessage = (deps: Deps, actor: Actor, id: string): Promise<SimulatorMessage> =>
  withMail(deps, actor, id, async (_trx, _place, row) => shownMail(actor, row, toMessage(row)))

export const readSource = (deps: Deps, actor: Actor, id: string): Promise<Buffer> =>
  withMail(deps, actor, id, async (trx, { accountId }, mail) => {
    requireRecipient(actor, mail)
    const row = await findSource(trx, accountId, id)
    return row ? unpackMail(row.raw, row.raw_encoding) : Buffer.alloc(0)
  })

export const readAttachment = (deps: Deps, actor: Actor, id: string, position: number) =>
  withMail(deps, actor, id, async (trx, { accountId }, mail) => {
    requireRecipient(actor, mail)
    const part = await findPart(trx, accountId, id, position)
    if (!part) throw notFound()
    return part
  })

export const deleteMessage = (deps: Deps, actor: Actor, id: string): Promise<void> =>
  withMail(deps, actor, id, async (trx, { accountId, mailbox }) => {
    await deleteMail(trx, accountId, mailbox, id)
    await notify(trx, accountId, 'simulator', id)
  })

export const emptyMailbox = (deps: Deps, actor: Actor, mailbox: Mailbox | undefined): Promise<void> => {
  const place = placeOf(deps, actor, mailbox)
  return inAccount(deps.db, place.accountId, async (trx) => {
    await deleteMails(trx, place.accountId, place.mailbox)
    await notify(trx, place.accountId, 'simulator')
  })
}
