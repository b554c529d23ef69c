import { accountKeys } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { shownEmail, shownPhone } from '../../http/personal-data.ts'
import type { Contact } from '../contract.ts'
import { listFieldRows } from '../fields/queries.ts'
import type { ContactRow } from '../queries.ts'
import { type Channel, type ChannelState, channels, type FieldValue } from '../shapes/contract.ts'
import {
  type ContactGroupRow,
  listChannelsOf,
  listGroupsOf,
  listSuppressionsOf,
  type SuppressionOf,
} from './queries.ts'

type ChannelRow = Awaited<ReturnType<typeof listChannelsOf>>[number]

const toChannelState = (
  row: ChannelRow | undefined,
  suppression: SuppressionOf | undefined,
): ChannelState => ({
  consent: (row?.consent ?? {}) as ChannelState['consent'],
  basis: (row?.basis ?? {}) as ChannelState['basis'],
  unsubscribed_at: row?.unsubscribed_at?.toISOString() ?? null,
  unsubscribed_topics: row?.unsubscribed_topics ?? [],
  blocked_at: row?.blocked_at?.toISOString() ?? null,
  suppressed: suppression !== undefined,
  suppression_reason: suppression?.reason ?? null,
})

/** The caller decides what of the addresses is shown. */
type PresentedTo = { readonly deps: Pick<Deps, 'keys'>; readonly actor: Actor }

type Around = {
  readonly groups: readonly ContactGroupRow[]
  readonly channels: readonly ChannelRow[]
  readonly suppressions: readonly SuppressionOf[]
  readonly fieldNames: readonly string[]
}

const channelsOf = (around: Around): Contact['channels'] => {
  const stateOf = (channel: Channel): ChannelState =>
    toChannelState(
      around.channels.find((row) => row.channel === channel),
      around.suppressions.find((entry) => entry.channel === channel),
    )
  return Object.fromEntries(channels.map((channel) => [channel, stateOf(channel)])) as Contact['channels']
}

/** Values of fields that were deleted meanwhile are not told. */
const fieldsOf = (row: ContactRow, names: readonly string[]): Record<string, FieldValue> => {
  const values = row.fields as Record<string, FieldValue>
  return Object.fromEntries(
    names.filter((name) => name in values).map((name) => [name, values[name] ?? null]),
  )
}

const toContact = (actor: Actor, row: ContactRow, around: Around): Contact => ({
  id: row.id,
  external_id: row.external_id,
  email: shownEmail(actor, row.email),
  phone: shownPhone(actor, row.phone),
  first_name: row.first_name,
  last_name: row.last_name,
  company: row.company,
  language: row.language,
  country: row.country,
  time_zone: row.time_zone,
  fields: fieldsOf(row, around.fieldNames),
  groups: around.groups.map(({ id, name, state }) => ({ id, name, state })),
  channels: channelsOf(around),
  devices: [],
  state: row.state as Contact['state'],
  source: row.source as Contact['source'],
  source_ref: row.source_ref,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  last_activity_at: row.last_activity_at?.toISOString() ?? null,
  archived_at: row.archived_at?.toISOString() ?? null,
  archive_reason: row.archive_reason,
  merged_from: null,
  version: row.version,
})

/** Rows with what stands around them: groups, channels, suppressions; four statements for any number of rows. */
export const presentContacts = async (
  trx: Trx,
  work: PresentedTo,
  rows: readonly ContactRow[],
): Promise<Contact[]> => {
  if (rows.length === 0) return []
  const { accountId } = work.actor
  const ids = rows.map((row) => row.id)
  const { addressHash } = await accountKeys(trx, work.deps.keys, accountId)
  const fieldNames = (await listFieldRows(trx, accountId)).map((field) => field.name)
  const groups = Map.groupBy(await listGroupsOf(trx, accountId, ids), (row) => row.contact_id)
  const ofChannels = Map.groupBy(await listChannelsOf(trx, accountId, ids), (row) => row.contact_id)
  const suppressed = Map.groupBy(
    await listSuppressionsOf(trx, accountId, ids, addressHash),
    (row) => row.contact_id,
  )
  return rows.map((row) =>
    toContact(work.actor, row, {
      groups: groups.get(row.id) ?? [],
      channels: ofChannels.get(row.id) ?? [],
      suppressions: suppressed.get(row.id) ?? [],
      fieldNames,
    }),
  )
}

export const presentContact = async (trx: Trx, work: PresentedTo, row: ContactRow): Promise<Contact> => {
  const [contact] = await presentContacts(trx, work, [row])
  if (!contact) throw new Error('a row presents as one contact')
  return contact
}
