import { setTimeout as sleep } from 'node:timers/promises'
import { inAccount } from '../../db/pool.ts'
import { LRU } from '../../lib/lru.ts'
import { notify } from '../../live/index.ts'
import { noJournal } from '../journal/journal.ts'
import { claimChunk } from './claim/claim.ts'
import { type ClaimedRow, lockSource, releaseClaims } from './claim/queries.ts'
import type { Chunk, Engine, HandOff, SourceRef } from './engine.ts'
import { handOver } from './hand-off.ts'
import { holdLease } from './lease/lease.ts'
import { deleteLease } from './lease/queries.ts'
import type { OutboundRoute } from './outbound.ts'
import { makeOutcomes } from './outcomes.ts'
import { finishTest } from './sources/queries.ts'

export type { Engine, SourceRef } from './engine.ts'

const claimRowsMax = 1_000
const handOffMax = 1_000
/** What a batch may weigh: a letter of a megabyte to a thousand people must not stand in memory at once. */
const batchBytesMax = 16 * 1_024 * 1_024
const batchMin = 10
/** Batches under way at once: one waits for the disk while another is rendered. A crash leaves at most these unanswered. */
const lanesMax = 3
/** How long a chunk waits for a rate limit to refill before another source has its turn. */
const refillMs = 100

const progressEveryMs = 1_000
const toldAt = new LRU<string, number>(1_000)

/** Screens follow a run once a second, not once a batch. */
const tellProgress = async (engine: Engine, ref: SourceRef): Promise<void> => {
  if (ref.kind !== 'campaign') return
  const now = performance.now()
  if (now - (toldAt.get(ref.sourceId) ?? Number.NEGATIVE_INFINITY) < progressEveryMs) return
  toldAt.set(ref.sourceId, now)
  await inAccount(engine.deps.db, ref.accountId, (trx) =>
    notify(trx, ref.accountId, 'campaign', ref.sourceId),
  )
}

/** What was not handed over goes back; a lease that holds nothing any more ends. */
const settle = async (engine: Engine, ref: SourceRef, chunk: Chunk, done: number): Promise<void> => {
  const { held, rows } = chunk
  await inAccount(engine.deps.db, ref.accountId, async (trx) => {
    if (done < rows.length) {
      await lockSource(trx, held.accountId, held.sourceId)
      await releaseClaims(
        trx,
        held,
        rows.map((row) => row.message_id),
      )
    }
    await deleteLease(trx, held, done < rows.length)
    if (ref.kind === 'test') await finishTest(trx, ref.accountId, ref.sourceId)
  })
  await tellProgress(engine, ref)
}

const batchesOf = (rows: readonly ClaimedRow[], size: number): ClaimedRow[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size))

type Batch = { readonly route: OutboundRoute; readonly rows: readonly ClaimedRow[] }

const batchMaxOf = ({ prepared }: Chunk): number =>
  Math.min(handOffMax, Math.max(batchMin, Math.floor(batchBytesMax / (prepared.bytesEach ?? 1))))

/** Each batch leaves by one provider. */
const batchesByRoute = (chunk: Chunk): Batch[] => {
  const { rows, route, elsewhere } = chunk
  const batchMax = batchMaxOf(chunk)
  const groups = new Map<OutboundRoute, ClaimedRow[]>()
  for (const row of rows) {
    const own = elsewhere.get(row.message_id) ?? route
    const group = groups.get(own)
    if (group) group.push(row)
    else groups.set(own, [row])
  }
  return [...groups].flatMap(([own, group]) =>
    batchesOf(group, Math.min(batchMax, own.maxBatch)).map((batch) => ({ route: own, rows: batch })),
  )
}

type ChunkEnd = { readonly done: number; readonly stopped: boolean; readonly fault: unknown }

/** Hands the chunk's batches over, a few at once, until they are through or one says stop. */
const work = async (engine: Engine, ref: SourceRef, handOff: HandOff): Promise<ChunkEnd> => {
  const waiting = batchesByRoute(handOff)
  const outcomes = new Map(waiting.map(({ route }) => [route, makeOutcomes(route)]))
  let done = 0
  let stopped = false
  const lane = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      if (stopped || !handOff.mayGoOn()) return
      const end = await handOver({ ...handOff, route: batch.route }, batch.rows)
      done += end.handed
      stopped ||= end.stopped
      if (end.handed > 0) await outcomes.get(batch.route)?.note(end.failed ? 'failed' : 'answered')
      await tellProgress(engine, ref)
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: lanesMax }, lane))
  const fault = ends.find((end) => end.status === 'rejected')
  return { done, stopped, fault: fault?.reason ?? null }
}

/**
 * The unit of work of a sender: claims one chunk of a source and hands it over batch by batch; answers whether there may
 * be more at once. Safe in any number of threads and nodes.
 */
export const drainChunk = async (
  engine: Engine,
  ref: SourceRef,
  rowsMax: number = claimRowsMax,
): Promise<boolean> => {
  const mayGoOn = () => !engine.signal.aborted && !engine.closedGates.has(ref.sourceId)
  const { journal = noJournal } = engine
  if (!journal.isWritable()) return false
  const chunk = await claimChunk(engine, ref, rowsMax)
  if (!('rows' in chunk)) {
    if (!chunk.soon) return false
    await sleep(refillMs)
    return mayGoOn()
  }
  const lease = holdLease(engine.deps, chunk.held, chunk.askedAt)
  const lines = journal.open(chunk.held)
  const isFresh = () => performance.now() < chunk.freshUntil
  const handOff: HandOff = {
    ...chunk,
    engine,
    journal: lines,
    mayGoOn: () => mayGoOn() && lease.isAlive() && isFresh(),
  }
  try {
    const end = await work(engine, ref, handOff)
    engine.noteChunk?.({ rows: end.done, providerId: chunk.route.providerId })
    await settle(engine, ref, chunk, end.fault ? -1 : end.done)
    if (end.fault) throw end.fault
    lines.settled()
    return !end.stopped && mayGoOn()
  } finally {
    // Settled or not: what could not be settled is left to recovery.
    lease.stop()
  }
}
