import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type BounceSettingsRow = {
  readonly hard_limit: number
  readonly hard_months: number | null
  readonly soft_months: number | null
  readonly version: number
}

const defaults: BounceSettingsRow = { hard_limit: 1, hard_months: null, soft_months: null, version: 1 }

export const readBounceSettings = async (trx: Trx, accountId: string): Promise<BounceSettingsRow> =>
  (await trx
    .selectFrom('bounce_settings')
    .select(['hard_limit', 'hard_months', 'soft_months', 'version'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()) ?? defaults

/** Held until the end of the transaction; made when the account has none yet. */
export const lockBounceSettings = async (trx: Trx, accountId: string): Promise<BounceSettingsRow> => {
  await sql`insert into bounce_settings (account_id) values (${accountId}) on conflict do nothing`.execute(
    trx,
  )
  return trx
    .selectFrom('bounce_settings')
    .select(['hard_limit', 'hard_months', 'soft_months', 'version'])
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export const updateBounceSettings = (
  trx: Trx,
  accountId: string,
  change: Partial<Omit<BounceSettingsRow, 'version'>>,
): Promise<BounceSettingsRow> =>
  trx
    .updateTable('bounce_settings')
    .set({ ...change, version: sql<number>`version + 1`, updated_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .returning(['hard_limit', 'hard_months', 'soft_months', 'version'])
    .executeTakeFirstOrThrow()
