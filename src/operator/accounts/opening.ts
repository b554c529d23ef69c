import { claimDirectoryEntry } from '../../accounts/index.ts'
import { record, recordElsewhere } from '../../audit/index.ts'
import { inAccount, instanceAccountId, type Trx, useAccount } from '../../db/pool.ts'
import type { BodyOf } from '../../http/contract.ts'
import { conflict, invalidField, notFound } from '../../http/errors.ts'
import { isEmail } from '../../lib/email-address.ts'
import { inviteByOperator, openAccount, type Provision } from '../../security/index.ts'
import { byStaff, type StaffWork } from '../work.ts'
import { checkSettings, claimName, toOperated } from './account.ts'
import type { createAccount, OperatedAccount } from './contract.ts'
import { type CustomerChange, countUsers, findCustomer, updateCustomer } from './queries.ts'

type Given = BodyOf<typeof createAccount>

const claimSlug = async (trx: Trx, accountId: string, slug: string): Promise<void> => {
  const claimed = await claimDirectoryEntry(trx, { kind: 'slug', key: slug, accountId, targetId: accountId })
  if (!claimed) throw conflict('name_taken', 'This short name is in use.', { pointer: '/slug' })
}

const furnish = async (trx: Trx, id: string, given: Given): Promise<void> => {
  const { owner: _owner, status: _status, slug, ...settings } = given
  if (slug !== undefined) await claimSlug(trx, id, slug)
  const change = { ...settings, ...(slug === undefined ? {} : { slug }) }
  await updateCustomer(trx, id, change as CustomerChange)
}

/**
 * Makes an account with everything a fresh one has, and invites its owner, who chooses the password himself.
 * @throws AppError 409 `name_taken`, 422 `validation_failed`.
 */
export const openCustomer = async (
  work: StaffWork,
  given: Given,
  provisions: readonly Provision[],
): Promise<OperatedAccount> => {
  const { deps, actor } = work
  checkSettings(given)
  if (!isEmail(given.owner.email))
    throw invalidField('/owner/email', 'email_invalid', 'is not an e-mail address')
  return inAccount(deps.db, instanceAccountId, async (trx) => {
    await claimName(trx, given.name, { id: instanceAccountId, parentId: null })
    const status = given.status ?? 'test'
    const opened = await openAccount(
      trx,
      deps,
      { name: given.name, status, entitlements: {}, owner: { email: given.owner.email } },
      provisions,
    )
    const { id } = opened
    await useAccount(trx, id)
    await furnish(trx, id, given)
    const ownerId = await inviteByOperator(trx, deps, {
      accountId: id,
      staffId: actor.userId,
      email: given.owner.email,
      firstName: given.owner.first_name,
      lastName: given.owner.last_name,
      ...(given.owner.language ? { language: given.owner.language } : {}),
      roleIds: [opened.ownerRoleId],
      permissions: [],
    })
    const row = await findCustomer(trx, id, 'read')
    if (!row) throw notFound()
    const account = toOperated(row, await countUsers(trx, id))
    const entry = {
      action: 'account.created',
      object: { type: 'account', id },
      diff: { before: null, after: { name: row.name, slug: row.slug, status } },
    } as const
    await record(trx, deps, byStaff(actor, id), entry)
    await record(trx, deps, byStaff(actor, id), {
      action: 'user.invited',
      object: { type: 'user', id: ownerId },
      diff: { before: null, after: { email: given.owner.email, role_ids: [opened.ownerRoleId] } },
    })
    await recordElsewhere(trx, deps, byStaff(actor, instanceAccountId), entry)
    return account
  })
}
