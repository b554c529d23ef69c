import type { Trx } from '../../db/pool.ts'

export const switchFooter = (trx: Trx, accountId: string, on: boolean) =>
  trx.updateTable('accounts').set({ enforced_footer: on }).where('account_id', '=', accountId).execute()

export const listLinks = (trx: Trx, accountId: string, campaignId: string) =>
  trx
    .selectFrom('tracking_links')
    .select(['content_revision', 'position', 'target'])
    .where('account_id', '=', accountId)
    .where('campaign_id', '=', campaignId)
    .orderBy('content_revision')
    .orderBy('position')
    .execute()

export const listTestRows = (trx: Trx, accountId: string, sourceIds: readonly string[]) =>
  trx
    .selectFrom('messages')
    .select([
      'source_id',
      'source_kind',
      'message_id',
      'address',
      'contact_id',
      'lane',
      'state',
      'content_revision',
      'run_month',
    ])
    .where('account_id', '=', accountId)
    .where('source_id', 'in', [...sourceIds])
    .orderBy('message_id')
    .execute()
