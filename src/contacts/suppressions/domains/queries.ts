import type { Trx } from '../../../db/pool.ts'

const columns = ['id', 'domain', 'with_subdomains', 'comment', 'created_at'] as const

export const listDomainRows = (trx: Trx, accountId: string, after: string | null, limit: number) =>
  trx
    .selectFrom('suppression_domains')
    .select(columns)
    .where('account_id', '=', accountId)
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export type DomainRow = Awaited<ReturnType<typeof listDomainRows>>[number]

/** Nothing when the domain stands on the list already. */
export const insertDomainRow = (
  trx: Trx,
  accountId: string,
  row: {
    id: string
    domain: string
    with_subdomains: boolean
    comment: string | null
    created_by: string | null
  },
) =>
  trx
    .insertInto('suppression_domains')
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst()

export const deleteDomainRow = (trx: Trx, accountId: string, id: string) =>
  trx
    .deleteFrom('suppression_domains')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst()
