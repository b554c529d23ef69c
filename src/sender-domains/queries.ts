import { sql } from 'kysely'
import type { Db, Trx } from '../db/pool.ts'
import type { Dmarc } from './contract.ts'

const domainsOf = (trx: Trx, accountId: string) =>
  trx.selectFrom('sender_domains').selectAll().where('account_id', '=', accountId)

export const listDomainRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  domainsOf(trx, accountId)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const findDomainRow = (trx: Trx, accountId: string, id: string) =>
  domainsOf(trx, accountId).where('id', '=', id).executeTakeFirst()
export type DomainRow = NonNullable<Awaited<ReturnType<typeof findDomainRow>>>

export const lockDomainRow = (trx: Trx, accountId: string, id: string) =>
  domainsOf(trx, accountId).where('id', '=', id).forUpdate().executeTakeFirst()

export const findDomainByName = (trx: Trx, accountId: string, domain: string) =>
  domainsOf(trx, accountId).where('domain', '=', domain).executeTakeFirst()

export const countDomains = async (trx: Trx, accountId: string): Promise<number> =>
  (
    await trx
      .selectFrom('sender_domains')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
  ).n

/** One addition of an account at a time: two makers cannot pass the limit together. */
export const lockDomains = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`sender-domains:${accountId}`}, 0))`.execute(trx)

export type DomainColumns = {
  readonly mode: 'direct' | 'delegated'
  readonly return_path_label: string
  readonly tracking_label: string
  readonly ed25519: boolean
  readonly dmarc: Dmarc
  readonly allowed_role_ids: string[]
  readonly allowed_user_ids: string[]
}

export const insertDomain = (
  trx: Trx,
  accountId: string,
  row: DomainColumns & { id: string; domain: string; dkim_selector: string; ownership_token: string },
) =>
  trx
    .insertInto('sender_domains')
    .values({ account_id: accountId, ...row, dmarc: JSON.stringify(row.dmarc) })
    .returningAll()
    .executeTakeFirstOrThrow()

type Noted = {
  state?: string
  zone?: string | null
  name_servers?: string[]
  tracking_ready?: boolean
  generated_at?: Date
  verified_at?: Date | null
  authorized_at?: Date | null
  broken_at?: Date | null
  checked_at?: Date
  next_check_at?: Date | null
}

/** What the program found out; nobody's change, so the version stays. */
export const noteDomain = (trx: Trx, accountId: string, id: string, noted: Noted) =>
  trx
    .updateTable('sender_domains')
    .set(noted)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const updateDomain = (
  trx: Trx,
  accountId: string,
  id: string,
  columns: Partial<DomainColumns> & Noted,
) => {
  const { dmarc, ...rest } = columns
  return trx
    .updateTable('sender_domains')
    .set({
      ...rest,
      ...(dmarc ? { dmarc: JSON.stringify(dmarc) } : {}),
      version: sql<number>`version + 1`,
      updated_at: sql<Date>`app_now()`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export const removeDomain = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('sender_domains').where('account_id', '=', accountId).where('id', '=', id).execute()

export const listDueDomains = async (db: Db) =>
  (
    await sql<{ account_id: string; domain_id: string }>`
      select account_id, domain_id from lookup_due_sender_domains()`.execute(db)
  ).rows

/** Takes a due domain for one node: until `leaseUntil` nobody else sees it as due. */
export const takeDueDomain = async (
  trx: Trx,
  accountId: string,
  id: string,
  leaseUntil: Date,
): Promise<boolean> => {
  const taken = await trx
    .updateTable('sender_domains')
    .set({ next_check_at: leaseUntil })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('next_check_at', '<=', sql<Date>`app_now()`)
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}

export const countPeople = async (trx: Trx, accountId: string, ids: readonly string[]): Promise<number> => {
  if (ids.length === 0) return 0
  const rows = await trx
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', 'in', [...ids])
    .execute()
  return rows.length
}

export const countRoles = async (trx: Trx, accountId: string, ids: readonly string[]): Promise<number> => {
  if (ids.length === 0) return 0
  const rows = await trx
    .selectFrom('roles')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', 'in', [...ids])
    .execute()
  return rows.length
}

export const isTrackingHost = async (db: Db, host: string): Promise<boolean> =>
  (await sql`select account_id from lookup_tracking_host(${host})`.execute(db)).rows.length > 0

export const listDomainsByName = (trx: Trx, accountId: string, names: readonly string[]) =>
  domainsOf(trx, accountId)
    .where('domain', 'in', [...names])
    .execute()
