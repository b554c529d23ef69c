import { type Act, recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readTimePosition, toPage } from '../../http/page.ts'
import { notify } from '../../live/index.ts'
import type { ContactWork } from '../contact.ts'
import type { Contact } from '../contract.ts'
import { presentContact } from '../presentation/contact.ts'
import { findContact, lockContact } from '../queries.ts'
import type { Channel } from '../shapes/contract.ts'
import { actorProof, recordConsents, toConsent } from './consent.ts'
import type { NewConsent } from './contract.ts'
import { listLedger, lockChannel, updateChannel } from './queries.ts'
import { recordUnsubscribe, type UnsubscribeScope, undoUnsubscribe } from './unsubscribe.ts'

const scopeOf = (topicId: string | undefined): UnsubscribeScope =>
  topicId === undefined ? { kind: 'all' } : { kind: 'topic', topicId }

/** Locks the contact, acts on one of its channels, and answers the contact as it is then. */
const onContact = (
  work: ContactWork,
  id: string,
  act: (trx: Trx) => Promise<unknown>,
  noted: Pick<Act, 'action' | 'after'>,
): Promise<Contact> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    const row = await lockContact(trx, accountId, id)
    if (!row) throw notFound()
    await act(trx)
    await notify(trx, accountId, 'contact', id)
    const contact = await presentContact(trx, work.deps.keys, accountId, row)
    await recordAct(trx, work.deps, work.actor, { ...noted, type: 'contact', id })
    return contact
  })

export const unsubscribe = (
  work: ContactWork,
  id: string,
  body: { channel: Channel; topic_id?: string; reason?: string },
): Promise<Contact> => {
  const unsubscribing = (trx: Trx) =>
    recordUnsubscribe(trx, {
      accountId: work.actor.accountId,
      contactId: id,
      channel: body.channel,
      scope: scopeOf(body.topic_id),
      source: 'console',
      reason: body.reason ?? null,
      actor: actorProof(work.actor),
    })
  const after = { state: 'withdrawn', channel: body.channel, topic_id: body.topic_id ?? null }
  return onContact(work, id, unsubscribing, { action: 'consent.recorded', after })
}

/** What the person did himself, only the person takes back (contacts.md §6, "Lifted by"). */
export const resubscribe = (
  work: ContactWork,
  id: string,
  body: { channel: Channel; topic_id?: string; proof: string },
): Promise<Contact> => {
  const resubscribing = async (trx: Trx): Promise<void> => {
    const row = await lockChannel(trx, work.actor.accountId, id, body.channel)
    const own = row.unsubscribe_source === 'console' || row.unsubscribe_source === 'api'
    if (row.unsubscribe_source !== null && !own)
      throw unprocessable('immutable', 'The person unsubscribed; only the person can subscribe again.')
    await undoUnsubscribe(trx, {
      accountId: work.actor.accountId,
      contactId: id,
      channel: body.channel,
      scope: scopeOf(body.topic_id),
      source: 'console',
      proof: body.proof,
      actor: actorProof(work.actor),
    })
  }
  const after = { state: 'granted', channel: body.channel, topic_id: body.topic_id ?? null }
  return onContact(work, id, resubscribing, { action: 'consent.recorded', after })
}

export const setBlock = (
  work: ContactWork,
  id: string,
  body: { channel: Channel; reason?: string },
  blocked: boolean,
): Promise<Contact> => {
  const blocking = async (trx: Trx): Promise<void> => {
    const { accountId } = work.actor
    const row = await lockChannel(trx, accountId, id, body.channel)
    if ((row.blocked_at !== null) === blocked) return
    await updateChannel(trx, accountId, id, body.channel, {
      blocked_at: blocked ? 'now' : null,
      block_reason: blocked ? (body.reason ?? null) : null,
    })
  }
  const after = { changed: ['blocked'], channel: body.channel, blocked }
  return onContact(work, id, blocking, { action: 'contact.changed', after })
}

export const listConsentPage = (work: ContactWork, id: string, query: PageQuery & { channel?: Channel }) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    if (!(await findContact(trx, accountId, id))) throw notFound()
    const filter = { id, channel: query.channel ?? null }
    const limit = pageLimit(query)
    const rows = await listLedger(
      trx,
      accountId,
      id,
      query.channel ? { channel: query.channel } : {},
      readTimePosition(query, ['consents', filter], work.now),
      limit + 1,
    )
    return toPage(rows, {
      limit,
      filter: ['consents', filter],
      now: work.now,
      position: (row) => [row.at.toISOString(), row.id],
      present: toConsent,
    })
  })

export const addConsentEntry = (work: ContactWork, id: string, body: NewConsent) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    if (!(await lockContact(trx, accountId, id))) throw notFound()
    const [made] = await recordConsents(trx, work.actor, id, [{ entry: body, pointer: '' }], work.now)
    await notify(trx, accountId, 'contact', id)
    const rows = await listLedger(trx, accountId, id, { channel: body.channel }, null, 1_000)
    const row = rows.find((entry) => entry.id === made)
    if (!row) throw new Error('the entry just written is in the ledger')
    const { channel, purpose, state, basis } = row
    const after = { channel, purpose, state, basis }
    await recordAct(trx, work.deps, work.actor, { action: 'consent.recorded', type: 'contact', id, after })
    return toConsent(row)
  })
