import { difference, record, recordElsewhere } from '../../audit/index.ts'
import { instanceAccountId, type Trx } from '../../db/pool.ts'
import type { BodyOf, QueryOf } from '../../http/contract.ts'
import { conflict, invalidField, versionConflict } from '../../http/errors.ts'
import { readIdPosition } from '../../http/id-page.ts'
import { pageLimit, toPage } from '../../http/page.ts'
import { isEmail } from '../../lib/email-address.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import { byStaff, type Customer, inCustomer, type StaffWork } from '../work.ts'
import type { changeOperatedAccount, listAccounts, OperatedAccount } from './contract.ts'
import {
  type CustomerChange,
  countUsers,
  findAccountNamed,
  listCustomerIds,
  lockAccountNames,
  updateCustomer,
} from './queries.ts'

export const toOperated = (row: Customer, users: number): OperatedAccount => ({
  id: row.account_id,
  parent_id: row.parent_id,
  kind: row.kind as OperatedAccount['kind'],
  slug: row.slug,
  status: row.status as OperatedAccount['status'],
  status_reason: row.status_reason,
  name: row.name,
  valid_until: row.valid_until as unknown as string | null,
  default_language: row.default_language as OperatedAccount['default_language'],
  time_zone: row.time_zone,
  country: row.country,
  currency: row.currency,
  contact_email: row.contact_email,
  agent_email: row.agent_email,
  description: row.description,
  hint: row.hint,
  users,
  closed_at: row.closed_at?.toISOString() ?? null,
  erase_after: row.erase_after?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  version: row.version,
})

/** Reads each account of the page in itself: row level security shows one at a time, to staff too. */
export const listCustomers = async (work: StaffWork, query: QueryOf<typeof listAccounts>) => {
  const { cursor: _cursor, limit: _limit, ...filter } = query
  const limit = pageLimit(query)
  const after = readIdPosition(query, filter, work.now)
  const ids = await listCustomerIds(work.deps.db, filter, after, limit + 1)
  const accounts: OperatedAccount[] = []
  for (const id of ids) accounts.push(await readCustomer(work, id))
  return toPage(accounts, {
    limit,
    filter,
    now: work.now,
    position: (account) => [account.id],
    present: (account) => account,
  })
}

export const readCustomer = (work: StaffWork, id: string): Promise<OperatedAccount> =>
  inCustomer(work, id, async (trx, row) => toOperated(row, await countUsers(trx, id)))

export type AccountSettingsGiven = Partial<BodyOf<typeof changeOperatedAccount>>

export const checkSettings = (given: AccountSettingsGiven): void => {
  for (const field of ['contact_email', 'agent_email'] as const) {
    const email = given[field]
    if (email && !isEmail(email)) throw invalidField(`/${field}`, 'email_invalid', 'is not an e-mail address')
  }
  if (given.time_zone !== undefined && !isTimeZone(given.time_zone))
    throw invalidField('/time_zone', 'not_in_list', 'is not an IANA time zone')
}

/** @throws AppError 409 `name_taken`; names are unique among siblings, whatever their case (account.md §2). */
export const claimName = async (trx: Trx, name: string, own: { id: string; parentId: string | null }) => {
  await lockAccountNames(trx)
  const others = (await findAccountNamed(trx, name, own.parentId)).filter((id) => id !== own.id)
  if (others.length > 0) throw conflict('name_taken')
}

const settingsOf = (row: Customer, given: AccountSettingsGiven): Record<string, unknown> =>
  Object.fromEntries(Object.keys(given).map((name) => [name, row[name as keyof Customer]]))

export const changeCustomer = (
  work: StaffWork,
  id: string,
  given: AccountSettingsGiven,
  ifMatch: number | null,
): Promise<OperatedAccount> => {
  checkSettings(given)
  return inCustomer(
    work,
    id,
    async (trx, before) => {
      if (ifMatch !== null && ifMatch !== before.version) throw versionConflict()
      if (given.name !== undefined) await claimName(trx, given.name, { id, parentId: before.parent_id })
      const row = await updateCustomer(trx, id, given as CustomerChange)
      const entry = {
        action: 'account.changed',
        object: { type: 'account', id },
        diff: difference(settingsOf(before, given), given),
      } as const
      const account = toOperated(row, await countUsers(trx, id))
      await record(trx, work.deps, byStaff(work.actor, id), entry)
      await recordElsewhere(trx, work.deps, byStaff(work.actor, instanceAccountId), entry)
      return account
    },
    'change',
  )
}
