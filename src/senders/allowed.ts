import type { Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { findRights } from '../security/index.ts'
import { domainOfSender } from '../sender-domains/index.ts'

type Limited = { readonly value: string; readonly allowed_role_ids: readonly string[] }

const holdsOne = (wanted: readonly string[], held: readonly string[]): boolean =>
  wanted.some((id) => held.includes(id))

/**
 * Senders and domains may be limited to roles or people; a key counts as whoever made it. The owner may use all.
 * @throws AppError 403 `permission_denied`
 */
export const requireSenderAllowed = async (trx: Trx, actor: Actor, sender: Limited): Promise<void> => {
  if (actor.owner) return
  const { accountId, userId } = actor
  const domain = await domainOfSender(trx, accountId, sender.value)
  const limits = [
    { roles: sender.allowed_role_ids, people: [] as readonly string[] },
    { roles: domain?.allowedRoleIds ?? [], people: domain?.allowedUserIds ?? [] },
  ].filter(({ roles, people }) => roles.length + people.length > 0)
  if (limits.length === 0) return
  const roleIds = (await findRights(trx, accountId, userId))?.roleIds ?? []
  if (limits.every(({ roles, people }) => people.includes(userId) || holdsOne(roles, roleIds))) return
  throw new AppError('permission_denied', 403, 'This sender may be used by other roles only.', {
    permission: 'email.campaigns.send',
  })
}
