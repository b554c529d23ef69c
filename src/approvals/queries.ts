import { sql } from 'kysely'
import { type Db, instanceAccountId, type Trx, useAccount } from '../db/pool.ts'
import type { ApprovalKindName, ApprovalState } from './contract.ts'

const selected = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('approvals as p')
    .innerJoin('accounts as a', 'a.account_id', 'p.account_id')
    .selectAll('p')
    .select('a.name as account_name')
    .where('p.account_id', '=', accountId)

type Raw = NonNullable<Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirst']>>>
export type ApprovalRow = Omit<Raw, 'kind' | 'state' | 'summary'> & {
  readonly kind: ApprovalKindName
  readonly state: ApprovalState
  readonly summary: Readonly<Record<string, string | number | boolean | null>>
}

export const findApproval = async (trx: Trx, accountId: string, id: string) =>
  (await selected(trx, accountId).where('p.id', '=', id).executeTakeFirst()) as ApprovalRow | undefined

/** Deciding, executing and cancelling of one request happen one after another. */
export const lockApproval = async (trx: Trx, accountId: string, id: string) =>
  (await selected(trx, accountId).where('p.id', '=', id).forUpdate('p').executeTakeFirst()) as
    | ApprovalRow
    | undefined

export type ApprovalFilter = { readonly state?: ApprovalState; readonly requestedBy?: string }

export const listApprovalRows = async (
  trx: Trx,
  accountId: string,
  filter: ApprovalFilter,
  after: string | null,
  limit: number,
) =>
  (await selected(trx, accountId)
    .$if(filter.state !== undefined, (query) => query.where('p.state', '=', filter.state ?? ''))
    .$if(filter.requestedBy !== undefined, (query) =>
      query.where('p.requested_by', '=', filter.requestedBy ?? ''),
    )
    .$if(after !== null, (query) => query.where('p.id', '<', after ?? ''))
    .orderBy('p.id', 'desc')
    .limit(limit)
    .execute()) as unknown as ApprovalRow[]

export type NewApproval = {
  readonly id: string
  readonly kind: ApprovalKindName
  readonly object: { readonly type: string; readonly id: string; readonly name: string }
  readonly digest: Buffer
  readonly summary: Readonly<Record<string, string | number | boolean | null>>
  readonly reason: string
  readonly requestedBy: {
    readonly id: string
    readonly name: string
    readonly staff: boolean
    readonly email: string
  }
  readonly expiresAt: Date
}

/** Undefined when a request for the same object is open. */
export const insertApproval = (trx: Trx, accountId: string, approval: NewApproval) =>
  trx
    .insertInto('approvals')
    .values({
      account_id: accountId,
      id: approval.id,
      kind: approval.kind,
      object_type: approval.object.type,
      object_id: approval.object.id,
      object_name: approval.object.name,
      digest: approval.digest,
      summary: JSON.stringify(approval.summary),
      reason: approval.reason,
      requested_by: approval.requestedBy.id,
      requested_by_name: approval.requestedBy.name,
      requested_by_staff: approval.requestedBy.staff,
      requested_by_email: approval.requestedBy.email.toLowerCase(),
      expires_at: approval.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()

export type ApprovalChange = {
  readonly state: ApprovalState
  readonly decidedBy?: { readonly id: string; readonly name: string; readonly staff: boolean }
  readonly comment?: string | null
  readonly voidReason?: string
  readonly cancelHash?: Buffer | null
  readonly executesAt?: Date
}

export const updateApproval = (trx: Trx, accountId: string, id: string, change: ApprovalChange) =>
  trx
    .updateTable('approvals')
    .set({
      state: change.state,
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
      ...(change.decidedBy
        ? {
            decided_by: change.decidedBy.id,
            decided_by_name: change.decidedBy.name,
            decided_by_staff: change.decidedBy.staff,
            decided_at: sql<Date>`app_now()`,
          }
        : {}),
      ...(change.comment === undefined ? {} : { comment: change.comment }),
      ...(change.voidReason === undefined ? {} : { void_reason: change.voidReason }),
      ...(change.cancelHash === undefined ? {} : { cancel_hash: change.cancelHash }),
      ...(change.executesAt === undefined ? {} : { executes_at: change.executesAt }),
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

/** A member of staff has his address in the operator's account. */
export const findPartyEmail = async (
  trx: Trx,
  accountId: string,
  party: { userId: string; staff: boolean },
): Promise<string | null> => {
  const home = party.staff ? instanceAccountId : accountId
  await useAccount(trx, home)
  const row = await trx
    .selectFrom('users')
    .select('email')
    .where('account_id', '=', home)
    .where('id', '=', party.userId)
    .executeTakeFirst()
  await useAccount(trx, accountId)
  return row?.email.toLowerCase() ?? null
}

export const findApprovalPlace = async (db: Db, id: string): Promise<string | null> => {
  const { rows } = await sql<{ account_id: string }>`select account_id from lookup_approval(${id})`.execute(
    db,
  )
  return rows[0]?.account_id ?? null
}

type Place = { readonly account_id: string; readonly approval_id: string }

export const findCancelPlace = async (db: Db, hash: Buffer): Promise<Place | null> => {
  const { rows } = await sql<Place>`
    select account_id, approval_id from lookup_approval_cancel(${hash})`.execute(db)
  return rows[0] ?? null
}

export const listDuePlaces = async (db: Db): Promise<readonly Place[]> =>
  (await sql<Place>`select account_id, approval_id from lookup_due_approvals()`.execute(db)).rows

export const listOperatorPlaces = async (
  db: Db,
  kinds: readonly string[],
  state: string | null,
  before: string | null,
  limit: number,
): Promise<readonly Place[]> =>
  (
    await sql<Place>`
      select account_id, approval_id
      from lookup_operator_approvals(${kinds}::text[], ${state}, ${before}::uuid, ${limit})`.execute(db)
  ).rows
