import { accountKeys, findAccount } from '../../accounts/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { invalidField, notFound } from '../../http/errors.ts'
import type { ContactWork } from '../contact.ts'
import { findGroup } from '../groups/queries.ts'
import type { Channel } from '../shapes/contract.ts'
import { decideForContact } from './queries.ts'

type Question = { channel: Channel; purpose?: 'marketing' | 'transactional'; group_id?: string }

const consentRequired = async (trx: Trx, accountId: string, question: Question): Promise<boolean> => {
  const account = await findAccount(trx, accountId)
  const required = (account?.require_consent ?? {}) as Record<string, boolean>
  if (question.group_id === undefined) return required[question.channel] === true
  const group = await findGroup(trx, accountId, question.group_id)
  if (!group) throw invalidField('/group_id', 'not_in_list', 'no such group')
  return required[question.channel] === true || group.require_consent
}

/** The same chain that planner and hand-off ask, told before anything is sent. */
export const readSendability = (work: ContactWork, id: string, question: Question) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    const requireConsent = await consentRequired(trx, accountId, question)
    const { addressHash } = await accountKeys(trx, work.deps.keys, accountId)
    const purpose = question.purpose ?? 'marketing'
    const decided = await decideForContact(trx, id, {
      accountId,
      channel: question.channel,
      purpose,
      topicId: question.group_id ?? null,
      requireConsent,
      hash: addressHash,
    })
    if (!decided) throw notFound()
    return { eligible: decided.reason === null, reason: decided.reason, channel: question.channel, purpose }
  })
