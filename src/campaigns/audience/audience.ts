import { accountKeys } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { shownEmail } from '../../http/personal-data.ts'
import { getRecord } from '../campaign.ts'
import { readAudience } from '../presentation.ts'
import type { AudienceCount } from '../preview/contract.ts'
import type { CampaignRecord } from '../queries.ts'
import { requiresConsent } from '../run/plan.ts'
import { type AudienceScope, countByReason, sampleByReason } from './queries.ts'
import { memberQuestion } from './question.ts'

const sampleMax = 10

export const scopeOf = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  campaign: Pick<CampaignRecord, 'id' | 'audience' | 'topic_id' | 'follow_up' | 'parent_campaign_id'>,
): Promise<AudienceScope> => {
  const audience = readAudience(campaign.audience)
  const keys = await accountKeys(trx, deps.keys, accountId)
  return {
    ...(await memberQuestion(trx, accountId, campaign)),
    question: {
      accountId,
      channel: 'email',
      topicId: campaign.topic_id,
      groupIds: audience.group_ids,
      requireConsent: await requiresConsent(trx, accountId, campaign.topic_id),
      hash: keys.addressHash,
    },
  }
}

/** Whom the audience reaches now and why not the others; the same decision as planning takes. */
export const countScope = async (trx: Trx, deps: Deps, scope: AudienceScope): Promise<AudienceCount> => {
  const rows = await countByReason(trx, scope)
  const suppressed = rows.flatMap((row) => (row.reason === null ? [] : [[row.reason, row.n] as const]))
  const audience = rows.reduce((sum, row) => sum + row.n, 0)
  return {
    audience,
    reachable: audience - suppressed.reduce((sum, [, n]) => sum + n, 0),
    suppressed_by_reason: Object.fromEntries(suppressed),
    as_of: deps.clock.now().toISOString(),
  }
}

export const countAudience = async (trx: Trx, deps: Deps, actor: Actor, id: string): Promise<AudienceCount> =>
  countScope(trx, deps, await scopeOf(trx, deps, actor.accountId, await getRecord(trx, actor.accountId, id)))

export const nameOf = (contact: { first_name: string | null; last_name: string | null }): string =>
  [contact.first_name, contact.last_name].filter((part) => part !== null && part !== '').join(' ')

export const sampleAudience = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  id: string,
  reason: string | undefined,
) => {
  const scope = await scopeOf(trx, deps, actor.accountId, await getRecord(trx, actor.accountId, id))
  const rows = await sampleByReason(trx, scope, reason ?? null, sampleMax)
  return {
    data: rows.map((row) => ({
      contact_id: row.id,
      name: nameOf(row),
      address: shownEmail(actor, row.email),
    })),
  }
}
