import type { Content } from '../content/contract.ts'
import { compileEmail } from '../content/index.ts'
import type { Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, conflict, invalidField, versionConflict } from '../http/errors.ts'
import { uuidV7 } from '../lib/ids.ts'
import { notify } from '../live/index.ts'
import { wholeCanary } from './canary/settings.ts'
import { mergeContent } from './content/content.ts'
import { refuseUnsendable, storeLinks } from './content/links.ts'
import type { AudienceInput, CampaignChange, NewCampaign } from './contract.ts'
import { readAudience } from './presentation.ts'
import {
  type CampaignColumns,
  deleteDraft,
  findRevision,
  insertCampaign,
  insertRevision,
  listKnownGroups,
  senderExists,
  updateCampaign,
} from './queries.ts'
import { checkThrottle } from './run/control.ts'
import type { CampaignRun } from './run/queries.ts'
import { getLocked, markOf, moveRun, requireStatus } from './run/states.ts'
import { checkWindows } from './windows/check.ts'

const checkGroups = async (trx: Trx, accountId: string, audience: AudienceInput): Promise<void> => {
  for (const member of ['group_ids', 'exclude_group_ids'] as const) {
    const ids = audience[member] ?? []
    if (ids.length === 0) continue
    const known = new Set((await listKnownGroups(trx, accountId, ids)).map((group) => group.id))
    const missing = ids.findIndex((id) => !known.has(id))
    if (missing >= 0) {
      throw invalidField(`/audience/${member}/${missing}`, 'not_in_list', 'is not a group of this account')
    }
  }
}

const checkTopic = async (trx: Trx, accountId: string, topicId: string): Promise<void> => {
  const [group] = await listKnownGroups(trx, accountId, [topicId])
  if (group?.visibility !== 'public') {
    throw invalidField('/topic_id', 'not_in_list', 'is not a public group of this account')
  }
}

/** References and ranges that the schema cannot see. */
const checkChange = async (trx: Trx, accountId: string, change: CampaignChange): Promise<void> => {
  checkThrottle(change.throttle_per_hour)
  checkWindows(change.windows ?? [])
  if (change.audience) await checkGroups(trx, accountId, change.audience)
  if (change.topic_id) await checkTopic(trx, accountId, change.topic_id)
  if (change.sender_id && !(await senderExists(trx, accountId, change.sender_id))) {
    throw invalidField('/sender_id', 'not_in_list', 'is not a sender of this account')
  }
}

const columnsOf = (
  { content: _content, fallback: _fallback, audience, windows, canary, ...plain }: CampaignChange,
  stored: unknown,
): CampaignColumns => ({
  ...plain,
  ...(audience ? { audience: JSON.stringify({ ...readAudience(stored), ...audience }) } : {}),
  ...(windows ? { windows: JSON.stringify(windows) } : {}),
  ...(canary === undefined ? {} : { canary: canary && JSON.stringify(wholeCanary(canary)) }),
})

const isTaken = (error: unknown): boolean =>
  (error as { code?: string }).code === '23505' &&
  (error as { constraint?: string }).constraint === 'campaigns_external_id'

/** Two requests may take one external id at once: the unique index decides. */
const claimingExternalId = async <T>(act: Promise<T>): Promise<T> => {
  try {
    return await act
  } catch (error) {
    throw isTaken(error) ? conflict('duplicate_external_id') : error
  }
}

const sameContent = (left: Content | null, right: Content): boolean =>
  left !== null && JSON.stringify(sorted(left)) === JSON.stringify(sorted(right))
const sorted = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .toSorted(([left], [right]) => (left < right ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )

export const createDraft = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  given: NewCampaign,
): Promise<string> => {
  const { channel: _channel, type: _type, name, ...change } = given
  await checkChange(trx, actor.accountId, change)
  const content = change.content ? mergeContent(null, change.content) : null
  const id = uuidV7(deps.clock.now())
  const columns = { ...columnsOf(change, {}), name, content_revision: content ? 1 : 0 }
  await claimingExternalId(insertCampaign(trx, actor.accountId, id, actor.userId, columns))
  if (content)
    await insertRevision(trx, actor.accountId, { campaignId: id, n: 1, content, createdBy: actor.userId })
  await notify(trx, actor.accountId, 'campaign', id)
  return id
}

/** Content of a paused run goes out next, so it must hold by itself (sending.md §4.3). */
const checkPausedChange = (actor: Actor, run: CampaignRun, change: CampaignChange): void => {
  const others = Object.keys(change).filter((member) => member !== 'content')
  if (others.length > 0) throw conflict('campaign_state_conflict', '', { current_status: run.status })
  if (!actor.permissions.has('email.campaigns.send')) {
    throw new AppError('permission_denied', 403, '', { permission: 'email.campaigns.send' })
  }
}

const addRevision = async (
  trx: Trx,
  actor: Actor,
  run: CampaignRun,
  change: CampaignChange,
): Promise<number> => {
  const { account_id: accountId, id, content_revision: present } = run
  if (!change.content) return present
  const before = ((await findRevision(trx, accountId, id, present))?.content ?? null) as Content | null
  const content = mergeContent(before, change.content)
  if (sameContent(before, content)) return present
  const n = present + 1
  await insertRevision(trx, accountId, { campaignId: id, n, content, createdBy: actor.userId })
  if (run.status === 'paused') {
    await storeLinks(trx, accountId, id, n, refuseUnsendable(compileEmail(content)))
  }
  return n
}

/** Changes a draft; a scheduled one becomes a draft again (email.md §4.3); of a paused one the content. */
export const changeCampaign = async (
  trx: Trx,
  actor: Actor,
  id: string,
  change: CampaignChange,
  ifMatch: number | null,
): Promise<void> => {
  const run = await getLocked(trx, actor.accountId, id)
  if (ifMatch !== null && ifMatch !== run.version) throw versionConflict()
  requireStatus(run, ['draft', 'scheduled', 'paused'])
  if (run.status === 'paused') checkPausedChange(actor, run, change)
  await checkChange(trx, actor.accountId, change)
  const revision = await addRevision(trx, actor, run, change)
  const columns = { ...columnsOf(change, run.audience), content_revision: revision }
  await claimingExternalId(updateCampaign(trx, actor.accountId, id, columns))
  if (run.status === 'scheduled') {
    await moveRun(
      trx,
      run,
      {
        status: 'draft',
        status_reason: null,
        planned_at: null,
        hold_until: null,
        time_mode: 'at',
        start_at: null,
      },
      { kind: 'unscheduled', by: markOf(actor), detail: { cause: 'edited' } },
    )
  }
  if (run.status === 'paused') {
    await moveRun(trx, run, {}, { kind: 'content_changed', by: markOf(actor), detail: { revision } })
  }
  await notify(trx, actor.accountId, 'campaign', id)
}

/** A run is never deleted, its ledger proves what happened. */
export const deleteCampaign = async (
  trx: Trx,
  actor: Actor,
  id: string,
  ifMatch: number | null,
): Promise<void> => {
  const run = await getLocked(trx, actor.accountId, id)
  if (ifMatch !== null && ifMatch !== run.version) throw versionConflict()
  requireStatus(run, ['draft'])
  await deleteDraft(trx, actor.accountId, id)
  await notify(trx, actor.accountId, 'campaign', id)
}
