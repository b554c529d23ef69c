import { type RawBuilder, sql } from 'kysely'
import { sendDecision } from '../../../contacts/index.ts'
import { inAccount, type Trx } from '../../../db/pool.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import { findOpenRows } from '../../recovery/open-rows/open-rows.ts'
import type { Chunk, Engine, SourceRef } from '../engine.ts'
import { deleteLease } from '../lease/queries.ts'
import { bucketsFor, freshSeconds, giveBack, takeAllowance } from '../limits/limits.ts'
import {
  findCampaignHead,
  findTestHead,
  findTransactionalHead,
  finishTest,
  type SourceHead,
  saveLimitingFactor,
} from '../sources/queries.ts'
import { admitRows } from './admit.ts'
import { claimRows, findWaiting } from './queries.ts'

/** Nothing was claimed; `soon` when only a rate limit stands in the way, which refills within a moment. */
export type NoChunk = { readonly soon: boolean }
const nothing: NoChunk = { soon: false }

/** Limits below this fill a bucket so slowly that it is not waited for. */
const soonPerSecond = 2

const findHead = { campaign: findCampaignHead, test: findTestHead, transactional: findTransactionalHead }

const trafficOf = (head: SourceHead) =>
  head.kind === 'transactional' ? ('transactional' as const) : ('campaign' as const)

const decisionFor = (accountId: string, head: SourceHead): RawBuilder<string | null> | null =>
  head.kind === 'test'
    ? null
    : sendDecision({
        accountId,
        channel: 'email',
        purpose: head.kind === 'transactional' ? 'transactional' : 'marketing',
        topicId: head.topicId,
        groupIds: head.groupIds,
        // Required consent was judged when the run was planned; its withdrawal is judged again by the same chain.
        requireConsent: false,
        hash: { stored: sql<Buffer>`m.address_hash` },
      })

const endTest = async (trx: Trx, accountId: string, testId: string): Promise<void> => {
  await findOpenRows(trx, accountId, testId)
  await finishTest(trx, accountId, testId)
}

/** Route, allowance, claim and lease in one transaction; nothing may leave by it alone. */
export const claimChunk = (engine: Engine, ref: SourceRef, rowsMax: number): Promise<Chunk | NoChunk> => {
  const { accountId, sourceId } = ref
  const askedAt = performance.now()
  return inAccount(engine.deps.db, accountId, async (trx) => {
    const head = await findHead[ref.kind](trx, accountId, sourceId)
    if (!head?.open) return nothing
    const limitedBy = async (factor: string | null): Promise<void> => {
      if (ref.kind === 'campaign') await saveLimitingFactor(trx, accountId, sourceId, factor)
    }
    const run = { accountId, sourceId, runMonth: head.runMonth }
    const waiting = await findWaiting(trx, run)
    if (!waiting?.due) {
      await limitedBy(waiting?.factor ?? null)
      if (ref.kind === 'test' && !waiting) await endTest(trx, accountId, sourceId)
      return nothing
    }
    const prepared = await engine.sources[ref.kind]?.load(trx, engine.deps, {
      ...run,
      revision: head.revision,
    })
    if (!prepared) return nothing
    const [route] = await engine.resolveRoutes(trx, engine.deps, {
      accountId,
      channel: 'email',
      traffic: trafficOf(head),
      senderId: head.senderId,
    })
    if (!route) {
      await limitedBy('provider down')
      return nothing
    }
    const allowance = await takeAllowance(trx, accountId, bucketsFor(head, route), rowsMax)
    if (allowance.rows === 0) {
      await limitedBy(allowance.limitedBy)
      return { soon: allowance.taken.every((bucket) => bucket.perSecond >= soonPerSecond) }
    }
    const leaseId = uuidV7(engine.deps.clock.now())
    const claimed = await claimRows(trx, run, { id: leaseId, nodeId: engine.nodeId }, allowance.rows)
    const held = { ...run, leaseId, epoch: claimed.epoch }
    const admitted = await admitRows(trx, [prepared.admit, route.admit], { held, head }, claimed.rows)
    await giveBack(trx, accountId, allowance.taken, allowance.rows - admitted.rows.length)
    // Last, in every sender: whoever waits for the campaign's row holds the rates and receivers it needs already.
    await limitedBy(admitted.factor ?? allowance.limitedBy)
    if (admitted.rows.length === 0) {
      await deleteLease(trx, held, false)
      return { soon: claimed.rows.length > 0 }
    }
    const limited = allowance.taken.length > 0 || admitted.limited
    return {
      head,
      route,
      prepared,
      rows: admitted.rows,
      elsewhere: admitted.elsewhere,
      held,
      decision: decisionFor(accountId, head),
      askedAt,
      freshUntil: limited ? askedAt + freshSeconds * 1_000 : Number.POSITIVE_INFINITY,
    }
  })
}
