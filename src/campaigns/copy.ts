import type { Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { uuidV7 } from '../lib/ids.ts'
import { notify } from '../live/index.ts'
import { getRecord } from './campaign.ts'
import { type CampaignColumns, type CampaignRecord, insertCampaign, insertRevision } from './queries.ts'

const nameCharsMax = 150
const copyName = (name: string, mark: string): string =>
  `${[...name].slice(0, nameCharsMax - mark.length - 3).join('')} (${mark})`

const stored = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

/** Everything but time, approval, results and the external id, which names one campaign alone. */
const settingsOf = (row: CampaignRecord): CampaignColumns => ({
  description: row.description,
  labels: row.labels,
  language: row.language,
  topic_id: row.topic_id,
  sender_id: row.sender_id,
  audience: JSON.stringify(row.audience),
  throttle_per_hour: row.throttle_per_hour,
  max_lateness_minutes: row.max_lateness_minutes,
  uncertain_policy: row.uncertain_policy,
  hold_minutes: row.hold_minutes,
  windows: JSON.stringify(row.windows),
  canary: stored(row.canary),
  // A copy of a follow-up means the same people.
  ...(row.follow_up ? { parent_campaign_id: row.parent_campaign_id, follow_up: stored(row.follow_up) } : {}),
  content_revision: row.content ? 1 : 0,
})

/** A new draft like another campaign. */
export const copyCampaign = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  id: string,
  as: {
    name?: string | undefined
    mark: string
    parent?: Pick<CampaignColumns, 'parent_campaign_id' | 'follow_up'>
  },
): Promise<string> => {
  const row = await getRecord(trx, actor.accountId, id)
  const copyId = uuidV7(deps.clock.now())
  await insertCampaign(trx, actor.accountId, copyId, actor.userId, {
    ...settingsOf(row),
    ...as.parent,
    name: as.name ?? copyName(row.name, as.mark),
  })
  if (row.content) {
    const revision = { campaignId: copyId, n: 1, content: row.content as object, createdBy: actor.userId }
    await insertRevision(trx, actor.accountId, revision)
  }
  await notify(trx, actor.accountId, 'campaign', copyId)
  return copyId
}
