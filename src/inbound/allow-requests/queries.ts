import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type AllowRow = {
  readonly id: string
  readonly address: string
  readonly address_hash: Buffer
  readonly substantiation: string
  readonly state: 'pending' | 'accepted' | 'rejected'
  readonly comment: string | null
  readonly requested_by: string | null
  readonly requester: string | null
  readonly decided_by: string | null
  readonly decider: string | null
  readonly decided_at: Date | null
  readonly allowed_until: Date | null
  readonly created_at: Date
  readonly version: number
}

const rows = (accountId: string, conditions: RawBuilder<unknown>) => sql<AllowRow>`
  select a.id, a.address, a.address_hash, a.substantiation, a.state, a.comment, a.requested_by, a.decided_by, a.decided_at,
    a.allowed_until, a.created_at, a.version, asking.first_name || ' ' || asking.last_name as requester,
    deciding.first_name || ' ' || deciding.last_name as decider
  from allow_requests a
  left join users asking on asking.account_id = ${accountId} and asking.id = a.requested_by
  left join users deciding on deciding.account_id = ${accountId} and deciding.id = a.decided_by
  where a.account_id = ${accountId} ${conditions}`

export const listAllowRows = async (
  trx: Trx,
  accountId: string,
  filter: { state?: string },
  after: string | null,
  limit: number,
): Promise<AllowRow[]> => {
  const found = await rows(
    accountId,
    sql`and (${filter.state ?? null}::text is null or a.state = ${filter.state ?? null})
      and (${after}::uuid is null or a.id < ${after}::uuid) order by a.id desc limit ${limit}`,
  ).execute(trx)
  return found.rows
}

export const findAllowRow = async (trx: Trx, accountId: string, id: string): Promise<AllowRow | undefined> =>
  (await rows(accountId, sql`and a.id = ${id}`).execute(trx)).rows[0]

export const lockAllowRow = async (trx: Trx, accountId: string, id: string): Promise<AllowRow | undefined> =>
  (await rows(accountId, sql`and a.id = ${id} for update of a`).execute(trx)).rows[0]

/** False when a request for this address is open already. */
export const insertAllowRow = async (
  trx: Trx,
  accountId: string,
  row: { id: string; address: string; hash: Buffer; substantiation: string; requestedBy: string | null },
): Promise<boolean> => {
  const { rows: made } = await sql`
    insert into allow_requests (account_id, id, address, address_hash, substantiation, requested_by)
    values (${accountId}, ${row.id}, ${row.address}, ${row.hash}, ${row.substantiation}, ${row.requestedBy})
    on conflict (account_id, address_hash) where state = 'pending' do nothing returning 1`.execute(trx)
  return made.length === 1
}

export const decideAllowRow = (
  trx: Trx,
  accountId: string,
  id: string,
  decision: { state: string; comment: string | null; decidedBy: string | null; allowedUntil: Date | null },
) =>
  sql`update allow_requests set state = ${decision.state}, comment = ${decision.comment}, decided_by = ${decision.decidedBy},
      decided_at = app_now(), allowed_until = ${decision.allowedUntil}, version = version + 1
    where account_id = ${accountId} and id = ${id}`.execute(trx)

/** Why the address is suppressed now; bounce reasons are all that a request can lift. */
export const findReasonOf = async (trx: Trx, accountId: string, hash: Buffer): Promise<string | null> => {
  const { rows: found } = await sql<{ reason: string }>`
    select reason from suppressions where account_id = ${accountId} and channel = 'email' and address_hash = ${hash}
      and scope = 'account' and (expires_at is null or expires_at > app_now())`.execute(trx)
  return found[0]?.reason ?? null
}
