import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'

/** Where links of an account's mail lead: the content origin, and the tracking hosts of its sender domains. */
export const listOwnOrigins = async (trx: Trx, deps: Deps, accountId: string): Promise<string[]> => {
  const { rows } = await sql<{ origin: string }>`
    select 'https://' || tracking_label || '.' || domain as origin from sender_domains
    where account_id = ${accountId} and verified_at is not null`.execute(trx)
  return [deps.config.contentUrl, ...rows.map(({ origin }) => origin)]
}
