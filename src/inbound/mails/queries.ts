import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

export const findReturnPathAccount = async (db: Db, host: string): Promise<string | null> => {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from lookup_return_path_host(${host})`.execute(db)
  return rows[0]?.account_id ?? null
}

export const findReportAccount = async (db: Db, address: string): Promise<string | null> => {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from lookup_report_address(${address})`.execute(db)
  return rows[0]?.account_id ?? null
}

/** False for an account that a token names and that is gone. */
export const accountExists = async (trx: Trx, accountId: string): Promise<boolean> =>
  (await trx
    .selectFrom('accounts')
    .select('account_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst()) !== undefined

export type NewInboundMail = {
  readonly purpose: 'return_path' | 'unsubscribe' | 'dmarc'
  readonly envelopeFrom: string
  readonly envelopeTo: string
  readonly messageId: string | null
  readonly runMonth: string | null
  readonly isTest: boolean
  readonly raw: Buffer
}

export const insertMail = async (trx: Trx, accountId: string, mail: NewInboundMail): Promise<string> => {
  const row = await trx
    .insertInto('inbound_mails')
    .values({
      account_id: accountId,
      id: sql<string>`uuid_v7()`,
      purpose: mail.purpose,
      envelope_from: mail.envelopeFrom,
      envelope_to: mail.envelopeTo,
      message_id: mail.messageId,
      run_month: mail.runMonth,
      is_test: mail.isTest,
      raw: mail.raw,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Held until its effects are committed; null when somebody has read it. */
export const lockUnreadMail = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('inbound_mails')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('state', '=', 'received')
    .forUpdate()
    .executeTakeFirst()
export type InboundMail = NonNullable<Awaited<ReturnType<typeof lockUnreadMail>>>

export const markRead = (trx: Trx, accountId: string, id: string) =>
  sql`update inbound_mails set state = 'read', read_at = app_now()
    where account_id = ${accountId} and id = ${id}`.execute(trx)

export const listUnreadMails = async (trx: Trx, accountId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from inbound_mails where account_id = ${accountId}
    and state = 'received' and received_at <= app_now() - interval '1 minute' order by id limit 200`.execute(
    trx,
  )
  return rows.map((row) => row.id)
}

export const findRawMail = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('inbound_mails')
    .select('raw')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

export const dropOldMails = (trx: Trx, accountId: string) =>
  sql`delete from inbound_mails where account_id = ${accountId}
    and received_at <= app_now() - interval '30 days'`.execute(trx)

export const findAggregateReport = async (
  trx: Trx,
  accountId: string,
  id: string,
): Promise<Buffer | null> => {
  const row = await trx
    .selectFrom('inbound_mails')
    .select('raw')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('state', '=', 'received')
    .where('purpose', '=', 'dmarc')
    .executeTakeFirst()
  return row?.raw ?? null
}
