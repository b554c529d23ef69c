import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { invalidField } from '../http/errors.ts'
import { type PageQuery, pageLimit, readTimePosition, toPage } from '../http/page.ts'
import { requirePersonalData, seesPersonalData } from '../http/personal-data.ts'
import { parseEmail } from '../lib/email-address.ts'
import { parseTimestamp } from '../lib/timestamp.ts'
import type { ContactFilter } from './contract.ts'
import { countryOf } from './keys.ts'
import { parsePhone } from './phone.ts'
import { presentContacts } from './presentation/contact.ts'
import { countAllContacts, countFoundContacts, type SearchFilter, searchContactRows } from './queries.ts'

const wordsMax = 8

const timeOf = (text: string, name: string): string => {
  const at = parseTimestamp(text)
  if (!at) throw invalidField(`/${name}`, 'pattern', 'is no point in time')
  return at.toISOString()
}

/** A value that cannot be a key of any contact finds none; an impossible address is no fault of a search. */
const impossible = '\u0001'

const keyFilters = (filter: ContactFilter, country: string): SearchFilter => ({
  ...(filter.email === undefined ? {} : { email_key: parseEmail(filter.email)?.key ?? impossible }),
  ...(filter.phone === undefined ? {} : { phone: parsePhone(filter.phone, country) ?? impossible }),
  ...(filter.external_id === undefined ? {} : { external_id: filter.external_id }),
})

const timeFilters = (filter: ContactFilter): SearchFilter =>
  Object.fromEntries(
    (['created_from', 'created_to', 'updated_since'] as const).flatMap((name) => {
      const text = filter[name]
      return text === undefined ? [] : [[name, timeOf(text, name)]]
    }),
  )

/**
 * The filter of a request in the spelling that is stored.
 * @throws 403 when somebody who sees no addresses filters by one
 */
export const toSearchFilter = (actor: Actor, filter: ContactFilter, country: string): SearchFilter => {
  if (filter.email !== undefined || filter.phone !== undefined) requirePersonalData(actor)
  const words = (filter.q ?? '').normalize('NFC').split(/\s+/).filter(Boolean).slice(0, wordsMax)
  return {
    ...(words.length > 0 ? { words } : {}),
    ...(words.length > 0 && !seesPersonalData(actor) ? { masked: true } : {}),
    ...keyFilters(filter, country),
    ...(filter.state === undefined ? {} : { state: filter.state }),
    ...(filter.group_id === undefined ? {} : { group_id: filter.group_id }),
    ...(filter.unsubscribed === undefined ? {} : { unsubscribed: filter.unsubscribed }),
    ...timeFilters(filter),
  }
}

export const listContactPage = (
  deps: Deps,
  actor: Actor,
  query: ContactFilter & PageQuery & { sort?: string },
  now: Date,
) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { limit: _limit, cursor: _cursor, sort = '-created_at', ...filter } = query
    const limit = pageLimit(query)
    const bound = ['contacts', filter, sort]
    const rows = await searchContactRows(trx, actor.accountId, {
      filter: toSearchFilter(actor, filter, await countryOf(trx, actor.accountId)),
      sort,
      after: readTimePosition(query, bound, now),
      limit: limit + 1,
    })
    const page = toPage(rows, {
      limit,
      filter: bound,
      now,
      position: (row) => [
        (sort.endsWith('updated_at') ? row.updated_at : row.created_at).toISOString(),
        row.id,
      ],
      present: (row) => row,
    })
    return { ...page, data: await presentContacts(trx, { deps, actor }, page.data) }
  })

export const countFilter = (trx: Trx, accountId: string, filter: SearchFilter): Promise<number> =>
  Object.keys(filter).length === 0 ? countAllContacts(trx, accountId) : countFoundContacts(trx, filter)

export const countContactList = (deps: Deps, actor: Actor, filter: ContactFilter, now: Date) =>
  inAccount(deps.db, actor.accountId, async (trx) => ({
    count: await countFilter(
      trx,
      actor.accountId,
      toSearchFilter(actor, filter, await countryOf(trx, actor.accountId)),
    ),
    as_of: now.toISOString(),
  }))
