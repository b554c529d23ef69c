import { accountKeys } from '../../accounts/index.ts'
import type { RenderedMessage, SubmitAnswer } from '../../channels/channel.ts'
import { sendDecision } from '../../contacts/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { MessageSource, Rendering } from '../source.ts'
import type { HeldLease } from './lease.ts'
import type { OutboundRoute } from './outbound.ts'
import { persist } from './persist.ts'
import {
  type ClaimedRow,
  handRows,
  lockGate,
  recordResults,
  type SourceHead,
  suppressLate,
  suppressUnrendered,
} from './queries.ts'
import { toResult } from './results.ts'

/** Answers are stored this often while a slow provider works, so that a crash leaves few rows without one. */
const flushEveryMs = 250

export type HandOff = {
  readonly deps: Deps
  readonly accountId: string
  readonly head: SourceHead
  readonly source: MessageSource
  readonly route: OutboundRoute
  readonly lease: HeldLease
  readonly signal: AbortSignal
  /** Gate and process as known now; asked before each message. */
  mayGoOn(): boolean
}

const heldBy = ({ accountId, head, lease }: HandOff) => ({
  accountId,
  sourceId: head.sourceId,
  runMonth: head.runMonth,
  leaseId: lease.id,
  epoch: lease.epoch,
})

const isRendered = (rendering: Rendering): rendering is RenderedMessage => !('failed' in rendering)

const render = (work: HandOff, rows: readonly ClaimedRow[]): Promise<ReadonlyMap<string, Rendering> | null> =>
  inAccount(work.deps.db, work.accountId, async (trx) => {
    const { sourceId, revision, runMonth } = work.head
    const prepared = await work.source.load(trx, work.deps, {
      accountId: work.accountId,
      sourceId,
      revision,
      runMonth,
    })
    return prepared
      ? prepared.render(
          trx,
          rows.map((row) => ({
            messageId: row.message_id,
            recipientKey: row.recipient_key,
            contactId: row.contact_id,
            address: row.address,
          })),
        )
      : null
  })

const decisionFor = async (work: HandOff, trx: Parameters<typeof lockGate>[0]) => {
  const keys = await accountKeys(trx, work.deps.keys, work.accountId)
  return sendDecision({
    accountId: work.accountId,
    channel: 'email',
    topicId: work.head.topicId,
    groupIds: work.head.groupIds,
    // Required consent was judged when the run was planned; its withdrawal is judged again by the same chain.
    requireConsent: false,
    hash: keys.addressHash,
  })
}

/** Commits `handed` for what may leave; answers those message ids. Everything else of the batch is decided or stays claimed. */
const hand = (work: HandOff, rows: readonly ClaimedRow[], unrendered: readonly string[]): Promise<string[]> =>
  inAccount(work.deps.db, work.accountId, async (trx) => {
    const held = heldBy(work)
    const keys = rows.map((row) => row.recipient_key)
    if (work.head.kind === 'campaign') {
      if (!(await lockGate(trx, work.accountId, work.head.sourceId))) return []
      await suppressLate(trx, held, keys, await decisionFor(work, trx))
    }
    await suppressUnrendered(trx, held, unrendered)
    return handRows(trx, held, keys, work.route.providerId, work.head.revision)
  })

/** Collects answers as they come and stores them in batches under the lease. */
const makeRecorder = (work: HandOff, rows: readonly ClaimedRow[]) => {
  const claimed = new Map(rows.map((row) => [row.message_id, row]))
  const reported = new Set<string>()
  let waiting: { id: string; answer: SubmitAnswer }[] = []
  // `stop` ends the chunk; `failed` feeds the circuit breaker, which a mere "slower, please" does not.
  let stop = false
  let failed = false
  let writing: Promise<void> = Promise.resolve()
  const flush = (): Promise<void> => {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return writing
    const now = work.deps.clock.now()
    const results = batch.map(({ id, answer }) =>
      toResult(id, answer, {
        attempts: claimed.get(id)?.attempts ?? 0,
        plannedAt: claimed.get(id)?.planned_at ?? now,
        now,
        random: Math.random(),
      }),
    )
    writing = writing.then(() =>
      persist(work.deps, () =>
        inAccount(work.deps.db, work.accountId, (trx) => recordResults(trx, heldBy(work), results)),
      ),
    )
    return writing
  }
  return {
    report: (id: string, answer: SubmitAnswer) => {
      if (reported.has(id)) return
      reported.add(id)
      if (answer.kind === 'down' || answer.kind === 'throttled') stop = true
      if (answer.kind === 'down' || answer.kind === 'unanswered') failed = true
      waiting.push({ id, answer })
    },
    reported,
    flush,
    hasProviderFailed: () => failed,
    hasToStop: () => stop,
  }
}

export type BatchEnd = { readonly handed: number; readonly stopped: boolean }

/**
 * Renders, hands over and records one batch. Order: `handed` commits, then bytes leave, then answers are stored. A row
 * whose answer never comes stays `handed` and becomes `uncertain` when the lease has run out (sending.md §9).
 */
export const handOver = async (work: HandOff, rows: readonly ClaimedRow[]): Promise<BatchEnd> => {
  const renderings = await render(work, rows)
  // Nothing to render from (its sender is gone, say): the chunk ends here and is not tried again in the same breath.
  if (!renderings) return { handed: 0, stopped: true }
  const unrendered = rows.filter((row) => {
    const rendering = renderings.get(row.message_id)
    return !rendering || !isRendered(rendering)
  })
  const recorder = makeRecorder(work, rows)
  let handed: readonly string[] = []
  try {
    handed = await hand(
      work,
      rows,
      unrendered.map((row) => row.recipient_key),
    )
  } catch (error) {
    // The commit may have happened unseen; no byte has left, so such rows go back.
    for (const row of rows) recorder.report(row.message_id, { kind: 'not_begun' })
    await recorder.flush()
    throw error
  }
  const batch = handed.flatMap((id) => {
    const rendering = renderings.get(id)
    return rendering && isRendered(rendering) ? [rendering] : []
  })
  if (batch.length === 0) return { handed: 0, stopped: false }
  const timer = setInterval(() => void recorder.flush().catch(() => {}), flushEveryMs)
  try {
    await work.route.submit(batch, {
      signal: work.signal,
      mayBegin: () => work.mayGoOn() && work.lease.isAlive(),
      report: recorder.report,
    })
  } catch (error) {
    work.deps.log.error({ err: error, provider: work.route.providerId }, 'an adapter failed')
  } finally {
    clearInterval(timer)
    for (const message of batch) {
      if (!recorder.reported.has(message.messageId)) {
        recorder.report(message.messageId, { kind: 'unanswered', code: '', text: 'no answer was reported' })
      }
    }
    await recorder.flush()
  }
  await work.route.recordOutcome(recorder.hasProviderFailed() ? 'failed' : 'answered')
  return { handed: batch.length, stopped: recorder.hasToStop() }
}
