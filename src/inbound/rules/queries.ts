import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

const columns = [
  'id',
  'position',
  'code',
  'pattern',
  'receiver',
  'class',
  'comment',
  'enabled',
  'created_at',
  'updated_at',
  'version',
] as const

/** Own rules in the order in which they are asked. */
export const listOwnRules = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('bounce_rules')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('position')
    .orderBy('id')
    .execute()

export type OwnRuleRow = Awaited<ReturnType<typeof listOwnRules>>[number]

export const findRule = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('bounce_rules')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export type RuleColumns = {
  code: string | null
  pattern: string | null
  receiver: string | null
  class: string
  comment: string | null
  enabled: boolean
  position: number
}

export const insertRule = (
  trx: Trx,
  accountId: string,
  rule: RuleColumns & { id: string; created_by: string | null },
) =>
  trx
    .insertInto('bounce_rules')
    .values({ account_id: accountId, ...rule })
    .returning(columns)
    .executeTakeFirstOrThrow()

export const updateRule = (trx: Trx, accountId: string, id: string, rule: Partial<RuleColumns>) =>
  trx
    .updateTable('bounce_rules')
    .set({ ...rule, version: sql<number>`version + 1`, updated_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()

export const deleteRule = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('bounce_rules').where('account_id', '=', accountId).where('id', '=', id).execute()

/** Stored answers of receivers, newest first: what a rule is tried on and what is judged anew. */
export const listStoredAnswers = async (
  trx: Trx,
  accountId: string,
  page: { since: Date; after: string | null; limit: number },
) => {
  const { rows } = await sql<{
    message_id: string
    run_month: string
    source_id: string
    contact_id: string | null
    address_hash: Buffer
    address: string | null
    receiver: string | null
    class: string
    code: string | null
    text: string | null
    counts: boolean
    at: Date
  }>`
    select b.message_id, b.run_month, b.source_id, b.contact_id, b.address_hash, m.address, b.receiver, b.class, b.code,
      b.text, b.counts, b.at
    from message_bounces b
    left join messages m on m.account_id = ${accountId} and m.message_id = b.message_id and m.run_month = b.run_month
    where b.account_id = ${accountId} and b.at >= ${page.since}
      and (${page.after}::uuid is null or b.message_id < ${page.after}::uuid)
    order by b.message_id desc limit ${page.limit}`.execute(trx)
  return rows
}

export const changeClasses = async (
  trx: Trx,
  accountId: string,
  changes: readonly { message_id: string; class: string }[],
): Promise<void> => {
  if (changes.length === 0) return
  await sql`update message_bounces b set class = c.class
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(message_id uuid, class text)
    where b.account_id = ${accountId} and b.message_id = c.message_id`.execute(trx)
  await sql`update bounce_reports r set class = c.class
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(message_id uuid, class text)
    where r.account_id = ${accountId} and r.message_id = c.message_id and r.kind = 'bounce'`.execute(trx)
}
