import type { Trx } from '../../db/pool.ts'

export const insertTestSend = (
  trx: Trx,
  accountId: string,
  test: {
    id: string
    campaignId: string
    address: string
    contactId: string | null
    revision: number
    markAsTest: boolean
    runMonth: string
    createdBy: string
  },
) =>
  trx
    .insertInto('test_sends')
    .values({
      account_id: accountId,
      id: test.id,
      campaign_id: test.campaignId,
      address: test.address,
      contact_id: test.contactId,
      content_revision: test.revision,
      mark_as_test: test.markAsTest,
      run_month: test.runMonth,
      created_by: test.createdBy,
    })
    .execute()

export const contactExists = async (trx: Trx, accountId: string, id: string): Promise<boolean> =>
  (await trx
    .selectFrom('contacts')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined
