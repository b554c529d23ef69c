import { type Db, inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import { invalidField, notFound, versionConflict } from '../http/errors.ts'
import { isEmail } from '../lib/email-address.ts'
import { isTimeZone } from '../lib/time-zone.ts'
import type { Account, AccountSettings } from './contract.ts'
import { type AccountChange, findAccount, updateAccount } from './queries.ts'

type AccountRow = NonNullable<Awaited<ReturnType<typeof findAccount>>>

const toAccount = (row: AccountRow): Account => ({
  id: row.account_id,
  name: row.name,
  slug: row.slug,
  status: row.status as Account['status'],
  default_language: row.default_language as Account['default_language'],
  time_zone: row.time_zone,
  country: row.country,
  currency: row.currency,
  contact_email: row.contact_email,
  description: row.description,
  postal_address: row.postal_address,
  require_consent: row.require_consent as Account['require_consent'],
  demo_data: row.demo_data_at !== null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  version: row.version,
})

export const getOwnAccount = (db: Db, accountId: string): Promise<Account> =>
  inAccount(db, accountId, async (trx) => {
    const row = await findAccount(trx, accountId)
    if (!row) throw notFound()
    return toAccount(row)
  })

const checkSettings = (settings: AccountSettings): void => {
  if (settings.contact_email && !isEmail(settings.contact_email)) {
    throw invalidField('/contact_email', 'email_invalid', 'is not an e-mail address')
  }
  if (settings.time_zone !== undefined && !isTimeZone(settings.time_zone)) {
    throw invalidField('/time_zone', 'not_in_list', 'is not an IANA time zone')
  }
}

/** Merges the given settings (RFC 7396) in the caller's transaction; consent switches merge channel by channel. */
export const applyAccountSettings = async (
  trx: Trx,
  accountId: string,
  settings: AccountSettings,
  ifMatch: number | null,
): Promise<Account> => {
  checkSettings(settings)
  const present = await findAccount(trx, accountId)
  if (!present) throw notFound()
  const { require_consent, ...plain } = settings
  const consent = { ...(present.require_consent as object), ...require_consent }
  const change: AccountChange = { ...plain, require_consent: JSON.stringify(consent) } as AccountChange
  const row = await updateAccount(trx, accountId, change, ifMatch)
  if (!row) throw versionConflict()
  return toAccount(row)
}

/** Told of both views in the transaction of the change; given from above, where the application log stands. */
export type AccountChanged = (trx: Trx, actor: Actor, before: Account, after: Account) => Promise<void>

export const changeOwnAccount = (
  db: Db,
  actor: Actor,
  settings: AccountSettings,
  ifMatch: number | null,
  changed: AccountChanged,
): Promise<Account> =>
  inAccount(db, actor.accountId, async (trx) => {
    const present = await findAccount(trx, actor.accountId)
    if (!present) throw notFound()
    const account = await applyAccountSettings(trx, actor.accountId, settings, ifMatch)
    await changed(trx, actor, toAccount(present), account)
    return account
  })
