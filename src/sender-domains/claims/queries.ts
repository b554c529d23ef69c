import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export const findClaim = (trx: Trx, accountId: string, domain: string) =>
  trx
    .selectFrom('sender_domain_claims')
    .select(['token', 'expires_at'])
    .where('account_id', '=', accountId)
    .where('domain', '=', domain)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirst()

export const storeClaim = (
  trx: Trx,
  accountId: string,
  claim: { domain: string; token: string; expires_at: Date },
) =>
  trx
    .insertInto('sender_domain_claims')
    .values({ account_id: accountId, ...claim })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'domain'])
        .doUpdateSet({ token: claim.token, expires_at: claim.expires_at }),
    )
    .execute()

export const removeClaim = (trx: Trx, accountId: string, domain: string) =>
  trx
    .deleteFrom('sender_domain_claims')
    .where('account_id', '=', accountId)
    .where('domain', '=', domain)
    .execute()
