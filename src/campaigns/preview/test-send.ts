import { accountKeys } from '../../accounts/index.ts'
import { recordAct } from '../../audit/index.ts'
import { addressHash } from '../../contacts/index.ts'
import type { Content } from '../../content/contract.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, invalidField, unprocessable } from '../../http/errors.ts'
import { requirePersonalData } from '../../http/personal-data.ts'
import { type EmailAddress, parseEmail } from '../../lib/email-address.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { planTestMessage, runMonthOf } from '../../messages/index.ts'
import { hasRoute, isLocal } from '../../providers/index.ts'
import { spendLimits } from '../../security/index.ts'
import { domainOfSender } from '../../sender-domains/index.ts'
import { requireSenderAllowed } from '../../senders/index.ts'
import { getRecord } from '../campaign.ts'
import { compiledContent } from '../content/compiled.ts'
import { refuseUnsendable, storeLinks } from '../content/links.ts'
import { senderChecks } from '../preflight/route-checks.ts'
import type { CampaignRecord } from '../queries.ts'
import type { TestSend } from './contract.ts'
import { contactExists, insertTestSend } from './queries.ts'

const testsPerHourMax = 50
const hourSeconds = 3_600
/** From an address on a domain that the account does not control. */
const testsOfForeignPerDayMax = 10
const daySeconds = 86_400

const readAddresses = (to: readonly string[]): EmailAddress[] =>
  to.map((text, index) => {
    const parsed = parseEmail(text)
    if (parsed) return parsed
    throw new AppError('email_invalid', 422, '', {
      errors: [{ pointer: `/to/${index}`, code: 'pattern', detail: 'is not an e-mail address' }],
    })
  })

/**
 * What would refuse the campaign for lack of a sender or a way out refuses its tests, too. Where the domain alone is
 * missing, few tests a day may leave (email.md §2.4); answers whether they are counted.
 */
const checkWayOut = async (trx: Trx, actor: Actor, campaign: CampaignRecord): Promise<boolean> => {
  const { accountId } = actor
  const { effective_sender_id: senderId, sender_email: email } = campaign
  if (!(await hasRoute(trx, { accountId, channel: 'email', traffic: 'campaign', senderId }))) {
    throw unprocessable('no_route')
  }
  const checks = senderChecks(campaign, [], true).filter((check) => check.level === 'block')
  if (checks.length > 0 || !email) throw unprocessable('preflight_failed', '', { checks })
  await requireSenderAllowed(trx, actor, { value: email, allowed_role_ids: campaign.sender_role_ids ?? [] })
  if ((await domainOfSender(trx, accountId, email))?.authorized) return false
  return !(await isLocal(trx, { accountId, channel: 'email' }))
}

const limitsOf = (accountId: string, campaign: CampaignRecord, counted: boolean) => [
  { key: `test_send:${accountId}`, max: testsPerHourMax, windowSeconds: hourSeconds },
  ...(counted
    ? [
        {
          key: `test_send:${accountId}:${campaign.effective_sender_id}`,
          max: testsOfForeignPerDayMax,
          windowSeconds: daySeconds,
        },
      ]
    : []),
]

const planTests = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  campaign: CampaignRecord,
  addresses: readonly EmailAddress[],
  given: TestSend,
) => {
  const { accountId } = actor
  const keys = await accountKeys(trx, deps.keys, accountId)
  const now = deps.clock.now()
  const revision = campaign.content_revision
  const runMonth = runMonthOf(now)
  const contactId = given.contact_id ?? null
  const data = []
  for (const { address, key } of addresses) {
    const id = uuidV7(now)
    await insertTestSend(trx, accountId, {
      id,
      campaignId: campaign.id,
      address,
      contactId,
      revision,
      markAsTest: given.mark_as_test === true,
      runMonth,
      createdBy: actor.userId,
    })
    await planTestMessage(trx, {
      accountId,
      sourceId: id,
      messageId: uuidV7(now),
      runMonth,
      contactId: null,
      address,
      addressHash: addressHash(keys.addressHash, key),
      revision,
    })
    data.push({ id, to: address, status: 'planned' as const })
  }
  return { data }
}

/** Test messages go through the same ledger and engine as a campaign; they never count in its report. */
export const sendTests = async (deps: Deps, actor: Actor, id: string, given: TestSend) => {
  // Sent to an address of the sender's choice, the message of a contact would show what is masked here.
  if (given.contact_id) requirePersonalData(actor)
  const addresses = readAddresses(given.to)
  const checked = await inAccount(deps.db, actor.accountId, async (trx) => {
    const campaign = await getRecord(trx, actor.accountId, id)
    const content = campaign.content as Content | null
    if (!content) throw unprocessable('exactly_one_content_source')
    const counted = await checkWayOut(trx, actor, campaign)
    if (given.contact_id && !(await contactExists(trx, actor.accountId, given.contact_id))) {
      throw invalidField('/contact_id', 'not_in_list', 'is not a contact of this account')
    }
    return { campaign, counted, email: refuseUnsendable(compiledContent(content)) }
  })
  const limits = limitsOf(actor.accountId, checked.campaign, checked.counted)
  await spendLimits(
    deps.db,
    addresses.flatMap(() => limits),
  )
  return inAccount(deps.db, actor.accountId, async (trx) => {
    const { campaign, email } = checked
    await storeLinks(trx, actor.accountId, campaign.id, campaign.content_revision, email)
    const planned = await planTests(trx, deps, actor, campaign, addresses, given)
    const after = { tests: addresses.length, revision: campaign.content_revision }
    await recordAct(trx, deps, actor, { action: 'campaign.tested', type: 'campaign', id: campaign.id, after })
    return planned
  })
}
