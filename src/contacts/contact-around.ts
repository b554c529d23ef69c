import type { Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import { invalid } from '../http/errors.ts'
import { notify } from '../live/index.ts'
import { insertChanges } from './changes/queries.ts'
import { actorProof, recordConsents } from './consents/consent.ts'
import { deriveConsent, insertLedgerEntry, lockChannel, setBlockedChannels } from './consents/queries.ts'
import type { ContactChange } from './contract.ts'
import { addToGroups, lockGroups, removeFromGroups } from './members/queries.ts'
import type { Channel } from './shapes/contract.ts'

/** What a request says beside the columns of the contact. */
export type AroundWishes = Pick<
  ContactChange,
  'groups_add' | 'groups_remove' | 'consent' | 'blocked_channels'
>

/** Locks the named groups before any contact; unknown, foreign and archived ones are refused. */
export const lockNamedGroups = async (trx: Trx, accountId: string, wishes: AroundWishes): Promise<void> => {
  const named = [...new Set([...(wishes.groups_add ?? []), ...(wishes.groups_remove ?? [])])]
  const known = new Set(
    (await lockGroups(trx, accountId, named))
      .filter((group) => group.state === 'active')
      .map((group) => group.id),
  )
  const errors = (['groups_add', 'groups_remove'] as const).flatMap((list) =>
    (wishes[list] ?? []).flatMap((id, index) =>
      known.has(id)
        ? []
        : [{ pointer: `/${list}/${index}`, code: 'not_in_list', detail: 'no such active group' }],
    ),
  )
  if (errors.length > 0) throw invalid(...errors)
}

const changeGroups = async (
  trx: Trx,
  actor: Actor,
  contactId: string,
  wishes: AroundWishes,
): Promise<boolean> => {
  const { accountId } = actor
  const added = await addToGroups(trx, accountId, wishes.groups_add ?? [], [contactId], 'manual')
  const removed = await removeFromGroups(trx, accountId, wishes.groups_remove ?? [], [contactId])
  await insertChanges(trx, accountId, contactId, actorProof(actor), [
    ...added.map((row) => ({ field: 'group', old: null, new: row.group_id })),
    ...removed.map((row) => ({ field: 'group', old: row.group_id, new: null })),
  ])
  for (const row of [...added, ...removed]) await notify(trx, accountId, 'group', row.group_id)
  return added.length + removed.length > 0
}

/** Writes groups, consents and blocks of a contact; answers whether anything changed. */
export const recordAround = async (
  trx: Trx,
  actor: Actor,
  contactId: string,
  wishes: AroundWishes,
  now: Date,
): Promise<boolean> => {
  const groups = await changeGroups(trx, actor, contactId, wishes)
  const entries = (wishes.consent ?? []).map((entry, index) => ({ entry, pointer: `/consent/${index}` }))
  await recordConsents(trx, actor, contactId, entries, now)
  const blocks =
    wishes.blocked_channels !== undefined &&
    (await setBlockedChannels(trx, actor.accountId, contactId, wishes.blocked_channels as Channel[]))
  return groups || entries.length > 0 || blocks
}

/**
 * A new address was never agreed to: a granted consent becomes unknown, unless the request itself states one.
 * A withdrawal stays, because it came from the person and not from the address.
 */
export const dropConsentOfAddress = async (
  trx: Trx,
  actor: Actor,
  contactId: string,
  channels: readonly Channel[],
): Promise<void> => {
  const { accountId } = actor
  for (const channel of channels) {
    const row = await lockChannel(trx, accountId, contactId, channel)
    for (const [purpose, state] of Object.entries(row.consent as Record<string, string>)) {
      if (state !== 'granted') continue
      await insertLedgerEntry(trx, accountId, {
        contactId,
        channel,
        purpose,
        state: 'unknown',
        basis: 'unknown',
        source: 'console',
        proof: { act: 'address_changed' },
        actor: actorProof(actor),
      })
      await deriveConsent(trx, accountId, contactId, channel, purpose)
    }
  }
}
