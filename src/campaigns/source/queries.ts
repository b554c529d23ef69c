import type { Trx } from '../../db/pool.ts'

export const findTestSend = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('test_sends')
    .select(['campaign_id', 'contact_id', 'mark_as_test'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

/** The month of a campaign's ledger rows; null before it starts. */
export const findRunMonth = (trx: Trx, accountId: string, campaignId: string) =>
  trx
    .selectFrom('campaigns')
    .select('run_month')
    .where('account_id', '=', accountId)
    .where('id', '=', campaignId)
    .executeTakeFirst()
