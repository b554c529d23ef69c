import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { AppError, conflict, notFound, unprocessable } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readPosition, toPage } from '../../http/page.ts'
import { parseEmail } from '../../lib/email-address.ts'
import { isUuid } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import { actorProof } from '../consents/consent.ts'
import { insertLedgerEntry } from '../consents/queries.ts'
import type { ContactWork } from '../contact.ts'
import type { Member, MemberKey, MemberResults } from '../groups/contract.ts'
import { findGroup } from '../groups/queries.ts'
import { countryOf } from '../keys.ts'
import { parsePhone } from '../phone.ts'
import { inAccountRetrying } from '../retry.ts'
import {
  addToGroups,
  countMemberRows,
  listMemberRows,
  listMembershipStates,
  lockGroups,
  type MemberRow,
  rejoinGroup,
  removeFromGroups,
  resolveMembers,
} from './queries.ts'

const itemsMax = 1_000

type Result = MemberResults['data'][number]
type Resolved = { readonly contactId: string } | { readonly code: string; readonly detail: string }

const keysOf = (item: MemberKey, country: string) => ({
  id: item.contact_id ?? null,
  externalId: item.external_id ?? null,
  emailKey: item.email === undefined ? null : (parseEmail(item.email)?.key ?? null),
  phone: item.phone === undefined ? null : parsePhone(item.phone, country),
})

const faultOf = (item: MemberKey, keys: ReturnType<typeof keysOf>): Resolved => {
  if (Object.keys(item).length !== 1) return { code: 'key_required', detail: 'names one contact by one key' }
  if (item.email !== undefined && keys.emailKey === null)
    return { code: 'email_invalid', detail: 'is no e-mail address' }
  if (item.phone !== undefined && keys.phone === null)
    return { code: 'phone_invalid', detail: 'is no number that can exist' }
  return { code: 'contact_not_found', detail: 'no contact has this key' }
}

const resolve = async (trx: Trx, accountId: string, items: readonly MemberKey[]): Promise<Resolved[]> => {
  const country = await countryOf(trx, accountId)
  const keys = items.map((item) => keysOf(item, country))
  const ids = await resolveMembers(trx, accountId, keys)
  return items.map((item, index) => {
    const contactId = ids[index]
    const key = keys[index]
    if (contactId && Object.keys(item).length === 1) return { contactId }
    return key ? faultOf(item, key) : { code: 'contact_not_found', detail: 'no contact has this key' }
  })
}

const refusal = (index: number, status: number, code: string, detail: string): Result => ({
  index,
  status,
  error: { code, detail },
})

const toResults = (data: Result[]): MemberResults => {
  const refused = data.filter((result) => result.error !== undefined).length
  return { data, accepted: data.length - refused, refused }
}

/** api.md A2: 200 when all pass, 207 when mixed, 422 when all are refused. */
export const batchStatus = (results: { accepted: number; refused: number }): 200 | 207 | 422 =>
  results.refused === 0 ? 200 : results.accepted === 0 ? 422 : 207

const checkSize = (items: readonly unknown[]): void => {
  if (items.length > itemsMax) throw unprocessable('batch_too_large')
}

const lockOne = async (trx: Trx, accountId: string, groupId: string) => {
  const [group] = await lockGroups(trx, accountId, [groupId])
  if (!group) throw notFound()
  return group
}

/** Who has left comes back only with a proof, which goes into the ledger. */
const rejoin = async (
  trx: Trx,
  work: ContactWork,
  groupId: string,
  ids: string[],
  proof: string,
): Promise<void> => {
  for (const contactId of await rejoinGroup(trx, work.actor.accountId, groupId, ids)) {
    await insertLedgerEntry(trx, work.actor.accountId, {
      contactId,
      channel: 'email',
      purpose: `group:${groupId}`,
      state: 'granted',
      basis: 'consent',
      source: 'console',
      proof: { act: 'rejoin', text: proof },
      actor: actorProof(work.actor),
    })
  }
}

const idsOf = (resolved: readonly Resolved[]): string[] => [
  ...new Set(resolved.flatMap((entry) => ('contactId' in entry ? [entry.contactId] : []))),
]

const recordMembers = (
  trx: Trx,
  work: ContactWork,
  groupId: string,
  { act, ids }: { act: 'group_add' | 'group_remove'; ids: readonly string[] },
): Promise<void> =>
  recordAct(trx, work.deps, work.actor, {
    action: 'contacts.bulk_changed',
    type: 'group',
    id: groupId,
    after: { act, contact_ids: ids, contacts: ids.length },
  })

export const joinMembers = (
  work: ContactWork,
  groupId: string,
  body: { items: MemberKey[]; resubscribe?: { proof: string } },
): Promise<MemberResults> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    checkSize(body.items)
    const group = await lockOne(trx, accountId, groupId)
    if (group.state === 'archived') throw conflict('group_in_use', 'The group is archived.')
    const resolved = await resolve(trx, accountId, body.items)
    const ids = idsOf(resolved)
    if (body.resubscribe) await rejoin(trx, work, groupId, ids, body.resubscribe.proof)
    await addToGroups(trx, accountId, [groupId], ids, 'manual')
    await notify(trx, accountId, 'group', groupId)
    const states = await listMembershipStates(trx, accountId, groupId, ids)
    await recordMembers(trx, work, groupId, { act: 'group_add', ids })
    return toResults(
      resolved.map((entry, index) => {
        if ('code' in entry) return refusal(index, 422, entry.code, entry.detail)
        return states.get(entry.contactId) === 'left'
          ? refusal(index, 422, 'immutable', 'has left the group; only a proof brings the contact back')
          : { index, status: 200, contact_id: entry.contactId }
      }),
    )
  })

export const leaveMembers = (
  work: ContactWork,
  groupId: string,
  items: MemberKey[],
): Promise<MemberResults> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    checkSize(items)
    await lockOne(trx, accountId, groupId)
    const resolved = await resolve(trx, accountId, items)
    const ids = idsOf(resolved)
    await removeFromGroups(trx, accountId, [groupId], ids)
    await notify(trx, accountId, 'group', groupId)
    await recordMembers(trx, work, groupId, { act: 'group_remove', ids })
    return toResults(
      resolved.map((entry, index) =>
        'code' in entry
          ? refusal(index, 422, entry.code, entry.detail)
          : { index, status: 200, contact_id: entry.contactId },
      ),
    )
  })

const toMember = (row: MemberRow): Member => ({
  contact_id: row.contact_id,
  external_id: row.external_id,
  email: row.email,
  phone: row.phone,
  first_name: row.first_name,
  last_name: row.last_name,
  state: row.state as Member['state'],
  joined_at: row.joined_at.toISOString(),
  left_at: row.left_at?.toISOString() ?? null,
  source: row.source,
})

export const listMemberPage = (work: ContactWork, groupId: string, query: PageQuery & { state?: string }) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    if (!(await findGroup(trx, work.actor.accountId, groupId))) throw notFound()
    const bound = ['members', groupId, query.state ?? null]
    const after = readPosition(query, bound, work.now)
    if (after && !isUuid(String(after[0]))) throw new AppError('invalid_cursor', 400)
    const limit = pageLimit(query)
    const rows = await listMemberRows(trx, work.actor.accountId, groupId, {
      state: query.state ?? null,
      after,
      limit: limit + 1,
    })
    return toPage(rows, {
      limit,
      filter: bound,
      now: work.now,
      position: (row) => [row.contact_id],
      present: toMember,
    })
  })

export const countMembersOf = (work: ContactWork, groupId: string, state: string | undefined) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    if (!(await findGroup(trx, work.actor.accountId, groupId))) throw notFound()
    return {
      count: await countMemberRows(trx, work.actor.accountId, groupId, state ?? null),
      as_of: work.now.toISOString(),
    }
  })
