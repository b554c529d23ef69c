import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type InvitationRow = {
  id: string
  user_id: string
  email: string
  status: 'pending' | 'accepted' | 'revoked'
  invited_by: string
  origin: 'account' | 'operator'
  expires_at: Date
  overdue: boolean
  role_ids: string[]
}

const columns = (
  accountId: string,
) => sql`i.id, i.user_id, i.email, i.status, i.invited_by, i.origin, i.expires_at,
  i.expires_at <= app_now() as overdue,
  coalesce((select array_agg(ur.role_id order by ur.role_id) from user_roles ur
    where ur.account_id = ${accountId} and ur.user_id = i.user_id), '{}') as role_ids`

export const listInvitationRows = async (
  trx: Trx,
  accountId: string,
  after: string | null,
  limit: number,
): Promise<InvitationRow[]> => {
  const { rows } = await sql<InvitationRow>`select ${columns(accountId)} from invitations i
    where i.account_id = ${accountId} and (${after}::uuid is null or i.id < ${after}::uuid)
    order by i.id desc limit ${limit}`.execute(trx)
  return rows
}

export const findInvitation = async (
  trx: Trx,
  accountId: string,
  id: string,
): Promise<InvitationRow | null> => {
  const { rows } = await sql<InvitationRow>`select ${columns(accountId)} from invitations i
    where i.account_id = ${accountId} and i.id = ${id}`.execute(trx)
  return rows[0] ?? null
}

/** Whoever resends, withdraws or accepts waits for the others. */
export const lockInvitation = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('invitations')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const insertInvitation = (
  trx: Trx,
  accountId: string,
  made: {
    id: string
    userId: string
    email: string
    invitedBy: string
    expiresAt: Date
    origin?: 'account' | 'operator'
  },
) =>
  trx
    .insertInto('invitations')
    .values({
      account_id: accountId,
      id: made.id,
      user_id: made.userId,
      email: made.email,
      invited_by: made.invitedBy,
      expires_at: made.expiresAt,
      origin: made.origin ?? 'account',
    })
    .execute()

export const renewInvitation = (
  trx: Trx,
  accountId: string,
  id: string,
  renewed: { invitedBy: string; expiresAt: Date },
) =>
  trx
    .updateTable('invitations')
    .set({
      invited_by: renewed.invitedBy,
      origin: 'account',
      expires_at: renewed.expiresAt,
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()

export const closeInvitation = (trx: Trx, accountId: string, id: string, status: 'accepted' | 'revoked') =>
  trx
    .updateTable('invitations')
    .set({
      status,
      ...(status === 'accepted' ? { used_at: sql<Date>`app_now()` } : {}),
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning('id')
    .executeTakeFirst()

/** Whoever gave the invited person other rights answers for them from now on. */
export const takeOverInvitation = (trx: Trx, accountId: string, userId: string, invitedBy: string) =>
  trx
    .updateTable('invitations')
    .set({ invited_by: invitedBy, origin: 'account', updated_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('status', '=', 'pending')
    .execute()
