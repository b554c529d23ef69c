import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type AuthenticationBounces = { n: number; code: string | null; text: string | null }

/** Messages refused since then because receivers did not believe who sent them, with one answer. */
export const countAuthenticationBounces = async (
  trx: Trx,
  run: { accountId: string; sourceId: string; since: Date | null },
): Promise<AuthenticationBounces> => {
  const { rows } = await sql<AuthenticationBounces>`
    select count(*) as n, min(code) as code, min(text) as text from message_bounces
    where account_id = ${run.accountId} and source_id = ${run.sourceId} and class = 'authentication'
      and (${run.since}::timestamptz is null or at >= ${run.since}::timestamptz)`.execute(trx)
  return rows[0] ?? { n: 0, code: null, text: null }
}
