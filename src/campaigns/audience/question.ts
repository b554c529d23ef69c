import type { Trx } from '../../db/pool.ts'
import { findRunMonth } from '../follow-up/queries.ts'
import { readAudience } from '../presentation.ts'
import type { FollowedRun, MemberQuestion } from './members.ts'

type Meaning = {
  readonly id: string
  readonly audience: unknown
  readonly follow_up: unknown
  readonly parent_campaign_id: string | null
}

const followedRun = async (
  trx: Trx,
  accountId: string,
  { follow_up: followUp, parent_campaign_id: campaignId }: Meaning,
): Promise<FollowedRun | null> => {
  if (!followUp || !campaignId) return null
  const { states } = followUp as { states: string[] }
  return { campaignId, runMonth: await findRunMonth(trx, accountId, campaignId), states }
}

export const memberQuestion = async (
  trx: Trx,
  accountId: string,
  campaign: Meaning,
): Promise<MemberQuestion> => ({
  accountId,
  campaignId: campaign.id,
  audience: readAudience(campaign.audience),
  followUp: await followedRun(trx, accountId, campaign),
})
