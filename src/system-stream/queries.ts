import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'
import type { Language, SystemChannel, SystemKind } from './kinds.ts'

export type NewSystemMessage = {
  readonly id: string
  readonly channel: SystemChannel
  readonly kind: SystemKind
  readonly accountId: string
  readonly userId: string | null
  readonly toMac: Buffer
  readonly content: Buffer
  readonly state: 'queued' | 'kept'
  readonly expiresAt: Date
}

/** Through a function, because the caller's transaction belongs to another account than the row. */
export const insertSystemMessage = async (trx: Trx, message: NewSystemMessage): Promise<void> => {
  await sql`select queue_system_message(${message.id}, ${message.channel}, ${message.kind}, ${message.accountId},
    ${message.userId}, ${message.toMac}, ${message.content}, ${message.state}, ${message.expiresAt})`.execute(
    trx,
  )
}

export type Reachable = {
  readonly id: string
  readonly email: string
  /** Proven numbers only: a text to a number that was merely typed in could reach a stranger. */
  readonly phone: string | null
  readonly language: Language
  readonly time_zone: string
}

const reachable = sql`u.id, u.email, case when u.phone_verified_at is not null then u.phone end as phone, u.language, u.time_zone`

export const findReachable = async (
  trx: Trx,
  accountId: string,
  userId: string,
): Promise<Reachable | null> => {
  const { rows } = await sql<Reachable>`select ${reachable} from users u
    where u.account_id = ${accountId} and u.id = ${userId} and u.deleted_at is null`.execute(trx)
  return rows[0] ?? null
}

/** Who may change what others may do; the roles that carry these keys without rows are the two built-in ones. */
const administratorKeys = ['account.users.manage', 'account.roles.manage', 'account.security.manage']

export const listAdministrators = (trx: Trx, accountId: string): Promise<readonly Reachable[]> =>
  listHolders(trx, accountId, administratorKeys)

/** Whoever holds one of these keys, by role or by exception. */
export const listHolders = async (
  trx: Trx,
  accountId: string,
  keys: readonly string[],
): Promise<readonly Reachable[]> => {
  const { rows } = await sql<Reachable>`
    select ${reachable} from users u
    where u.account_id = ${accountId} and u.status = 'active' and u.sign_in_allowed and u.deleted_at is null
      and (exists (select from user_roles ur join roles r on r.account_id = ur.account_id and r.id = ur.role_id
          where ur.account_id = ${accountId} and ur.user_id = u.id and r.built_in = 'owner')
        or exists (select from unnest(${[...keys]}::text[]) as wanted(name)
          where not exists (select from user_permissions d
              where d.account_id = ${accountId} and d.user_id = u.id and d.key = wanted.name and not d.allow)
            and (exists (select from user_permissions a
                where a.account_id = ${accountId} and a.user_id = u.id and a.key = wanted.name and a.allow)
              or exists (select from user_roles ur
                join roles r on r.account_id = ur.account_id and r.id = ur.role_id
                left join role_permissions p on p.account_id = r.account_id and p.role_id = r.id and p.key = wanted.name
                where ur.account_id = ${accountId} and ur.user_id = u.id
                  and (p.key is not null or r.built_in = 'administrator')))))
    order by u.created_at, u.id`.execute(trx)
  return rows
}
