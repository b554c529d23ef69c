import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { LRU } from '../../lib/lru.ts'
import { notify } from '../../live/index.ts'
import type { MessageSource, SourceKind } from '../source.ts'
import { type HandOff, handOver } from './hand-off.ts'
import { holdLease } from './lease.ts'
import { takeAllowance } from './limits.ts'
import type { OutboundRoute, ResolveRoutes } from './outbound.ts'
import {
  type ClaimedRow,
  claimRows,
  findCampaignHead,
  findTestHead,
  finishTest,
  hasDueRows,
  insertLease,
  releaseClaims,
  type SourceHead,
  saveLimitingFactor,
} from './queries.ts'
import type { NoteRefusals } from './refusals.ts'

const claimRowsMax = 1_000
const handOffMax = 50
/** Batches under way at once: one waits for the disk while another is rendered. A crash leaves at most these unanswered. */
const lanesMax = 3

export type Engine = {
  readonly deps: Deps
  readonly nodeId: string
  readonly sources: Readonly<Partial<Record<SourceKind, MessageSource>>>
  readonly resolveRoutes: ResolveRoutes
  readonly noteRefusals?: NoteRefusals
  readonly signal: AbortSignal
  /** Sources whose gate was seen closed; kept by the watcher. */
  readonly closedGates: ReadonlySet<string>
}

export type SourceRef = {
  readonly accountId: string
  readonly sourceId: string
  readonly kind: 'campaign' | 'test'
}

type Claim = { head: SourceHead; route: OutboundRoute; rows: ClaimedRow[]; leaseId: string; epoch: number }

const findHead = (trx: Parameters<typeof findCampaignHead>[0], ref: SourceRef): Promise<SourceHead | null> =>
  ref.kind === 'campaign'
    ? findCampaignHead(trx, ref.accountId, ref.sourceId)
    : findTestHead(trx, ref.accountId, ref.sourceId)

/** Route, allowance, lease and claim in one transaction; null when nothing may or can leave now. */
const claim = (engine: Engine, ref: SourceRef): Promise<Claim | null> =>
  inAccount(engine.deps.db, ref.accountId, async (trx) => {
    const head = await findHead(trx, ref)
    if (!head?.gateOpen || head.status !== 'sending') return null
    const limitedBy = (factor: string | null) =>
      ref.kind === 'campaign'
        ? saveLimitingFactor(trx, ref.accountId, ref.sourceId, factor)
        : Promise.resolve()
    const run = { accountId: ref.accountId, sourceId: ref.sourceId, runMonth: head.runMonth }
    if (!(await hasDueRows(trx, run))) {
      await limitedBy('retries')
      if (ref.kind === 'test') await finishTest(trx, ref.accountId, ref.sourceId)
      return null
    }
    const routes = await engine.resolveRoutes(trx, engine.deps, {
      accountId: ref.accountId,
      channel: 'email',
      traffic: 'campaign',
      senderId: head.senderId,
    })
    const route = routes[0]
    if (!route) {
      await limitedBy('provider down')
      return null
    }
    const allowance = await takeAllowance(trx, ref.accountId, head, route, claimRowsMax)
    await limitedBy(allowance.limitedBy)
    if (allowance.rows === 0) return null
    const leaseId = uuidV7(engine.deps.clock.now())
    const epoch = await insertLease(trx, { ...run, id: leaseId, nodeId: engine.nodeId })
    const rows = await claimRows(trx, run, { id: leaseId, epoch }, allowance.rows)
    return { head, route, rows, leaseId, epoch }
  })

/** What was not handed over goes back; the lease ends. */
const settle = async (engine: Engine, ref: SourceRef, { head, lease }: HandOff): Promise<void> => {
  await inAccount(engine.deps.db, ref.accountId, async (trx) => {
    await releaseClaims(trx, {
      accountId: ref.accountId,
      sourceId: ref.sourceId,
      runMonth: head.runMonth,
      leaseId: lease.id,
      epoch: lease.epoch,
    })
    if (ref.kind === 'test') await finishTest(trx, ref.accountId, ref.sourceId)
  })
  if (ref.kind === 'campaign') await tellProgress(engine, ref)
  await lease.release()
}

const progressEveryMs = 1_000
const toldAt = new LRU<string, number>(1_000)

/** Screens follow a run once a second, not once a batch. */
const tellProgress = async (engine: Engine, ref: SourceRef): Promise<void> => {
  const now = performance.now()
  if (now - (toldAt.get(ref.sourceId) ?? Number.NEGATIVE_INFINITY) < progressEveryMs) return
  toldAt.set(ref.sourceId, now)
  await inAccount(engine.deps.db, ref.accountId, (trx) =>
    notify(trx, ref.accountId, 'campaign', ref.sourceId),
  )
}

const batchesOf = (rows: readonly ClaimedRow[], size: number): ClaimedRow[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size))

/** Claims one chunk of a source and hands it over batch by batch; answers whether there may be more at once. */
export const drainChunk = async (engine: Engine, ref: SourceRef): Promise<boolean> => {
  const source = engine.sources[ref.kind]
  if (!source) return false
  const claimed = await claim(engine, ref)
  if (!claimed) return false
  const lease = holdLease(engine.deps, ref.accountId, claimed.leaseId, claimed.epoch)
  const mayGoOn = () => !engine.signal.aborted && !engine.closedGates.has(ref.sourceId)
  const work: HandOff = {
    ...claimed,
    deps: engine.deps,
    accountId: ref.accountId,
    source,
    lease,
    signal: engine.signal,
    mayGoOn,
  }
  let stopped = false
  const waiting = batchesOf(claimed.rows, Math.min(handOffMax, claimed.route.maxBatch))
  const lane = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      if (stopped || !mayGoOn() || !lease.isAlive()) return
      const end = await handOver(work, batch)
      stopped ||= end.stopped
      await tellProgress(engine, ref)
    }
  }
  try {
    const ends = await Promise.allSettled(Array.from({ length: lanesMax }, lane))
    const fault = ends.find((end) => end.status === 'rejected')
    if (fault) throw fault.reason
  } finally {
    await settle(engine, ref, work)
  }
  return claimed.rows.length > 0 && !stopped && mayGoOn()
}
