import { type RawBuilder, sql } from 'kysely'
import { accountKeys, findAccount } from '../../accounts/index.ts'
import { sendDecision } from '../../contacts/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { JobPayload } from '../../jobs/index.ts'
import { type HashBlocks, planChunk, readCounts } from '../../messages/index.ts'
import { audienceMembers } from '../audience/members.ts'
import { memberQuestion } from '../audience/question.ts'
import { startCanary } from '../canary/canary.ts'
import { keepLocalTimes } from '../local-time/local-time.ts'
import { readAudience } from '../presentation.ts'
import { failForMismatch } from './mismatch.ts'
import {
  analyzeRun,
  type CampaignRun,
  findTopic,
  freezeAudience,
  isHeldOut,
  lockCampaign,
  updateRun,
} from './queries.ts'
import { bySystem, moveRun } from './states.ts'

const planRowsMax = 5_000
const beforeAll = '00000000-0000-0000-0000-000000000000'

/** Consent is required by the account's channel setting or by the topic (contacts.md §6). */
export const requiresConsent = async (
  trx: Trx,
  accountId: string,
  topicId: string | null,
): Promise<boolean> => {
  const account = await findAccount(trx, accountId)
  const byAccount = (account?.require_consent as { email?: boolean } | undefined)?.email === true
  const topic = topicId ? await findTopic(trx, accountId, topicId) : undefined
  return byAccount || topic?.require_consent === true
}

const freeze = async (trx: Trx, run: CampaignRun): Promise<void> => {
  const members = audienceMembers(await memberQuestion(trx, run.account_id, run))
  await freezeAudience(trx, run.account_id, run.id, members)
  await updateRun(trx, run.account_id, run.id, { planning_cursor: beforeAll })
}

/** Both sides agree: the gate opens. They do not: the run stops and nothing has left. */
const endPlanning = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<unknown> => {
  const counts = (await readCounts(trx, run.account_id, [run.id], 'exact')).get(run.id)
  if (run.status === 'canceled')
    return updateRun(trx, run.account_id, run.id, { planned_all_at: deps.clock.now() })
  const rows = counts ? counts.planned + counts.suppressed : 0
  if (!counts || counts.audience !== rows) {
    const detail = { audience: counts?.audience ?? 0, rows }
    return failForMismatch(trx, deps, run, detail)
  }
  await analyzeRun(trx, run.run_month ?? '')
  await keepLocalTimes(trx, deps, run, { begins: true })
  if (await startCanary(trx, deps, run, counts.planned)) return undefined
  return moveRun(
    trx,
    run,
    { status: 'sending', gate: 'open', planned_all_at: deps.clock.now() },
    { kind: 'planned', by: bySystem, detail: { audience: counts.audience, suppressed: counts.suppressed } },
  )
}

const decisionFor = async (
  trx: Trx,
  run: CampaignRun,
  hash: HashBlocks,
): Promise<RawBuilder<string | null>> => {
  if (run.status === 'canceled') return sql<string | null>`'canceled'`
  const audience = readAudience(run.audience)
  const decision = sendDecision({
    accountId: run.account_id,
    channel: 'email',
    topicId: run.topic_id,
    groupIds: audience.group_ids,
    requireConsent: await requiresConsent(trx, run.account_id, run.topic_id),
    hash,
  })
  return audience.holdout_percent > 0
    ? sql<string | null>`coalesce(${decision}, ${isHeldOut(run.account_id, run.id)})`
    : decision
}

const planNext = async (trx: Trx, deps: Deps, run: CampaignRun, cursor: string): Promise<void> => {
  const keys = await accountKeys(trx, deps.keys, run.account_id)
  const decision = await decisionFor(trx, run, keys.addressHash)
  const planned = {
    accountId: run.account_id,
    campaignId: run.id,
    runMonth: run.run_month ?? '',
    revision: run.content_revision,
  }
  const last = await planChunk(trx, planned, cursor, decision, keys.addressHash, planRowsMax)
  if (last === null) await endPlanning(trx, deps, run)
  else await updateRun(trx, run.account_id, run.id, { planning_cursor: last })
}

/** One transaction of planning; false when there is nothing left to plan for now (done, paused, canceled). */
const planStep = (deps: Deps, accountId: string, id: string): Promise<boolean> =>
  inAccount(deps.db, accountId, async (trx) => {
    const run = await lockCampaign(trx, accountId, id)
    const canceled = run?.status === 'canceled' && run.planned_all_at === null && run.planning_cursor !== null
    if (!run?.run_month || (run.status !== 'preparing' && !canceled)) return false
    if (run.planning_cursor === null) await freeze(trx, run)
    else await planNext(trx, deps, run, run.planning_cursor)
    return true
  })

/**
 * Freezes the audience, then writes the ledger in chunks. Killed anywhere it goes on from the last committed chunk;
 * run twice at once, the row lock and the primary key keep every contact single.
 */
export const planCampaign = async (deps: Deps, { account_id, id }: JobPayload): Promise<void> => {
  while (!deps.stopping.aborted && (await planStep(deps, account_id, id)));
}
