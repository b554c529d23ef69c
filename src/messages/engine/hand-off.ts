import type { RenderedMessage } from '../../channels/channel.ts'
import { inAccount } from '../../db/pool.ts'
import type { Rendering } from '../source.ts'
import type { ClaimedRow } from './claim/queries.ts'
import type { HandOff } from './engine.ts'
import { handRows } from './hand/queries.ts'
import { makeRecorder } from './record/recorder.ts'

/** Answers are stored this often while a slow provider works, so that a crash leaves few rows without one. */
const flushEveryMs = 250

const isRendered = (rendering: Rendering | undefined): rendering is RenderedMessage =>
  rendering !== undefined && !('failed' in rendering)

const render = (work: HandOff, rows: readonly ClaimedRow[]): Promise<ReadonlyMap<string, Rendering>> =>
  inAccount(work.engine.deps.db, work.held.accountId, (trx) =>
    work.prepared.render(
      trx,
      rows.map((row) => ({
        messageId: row.message_id,
        recipientKey: row.recipient_key,
        contactId: row.contact_id,
        address: row.address,
      })),
    ),
  )

/** Commits `handed` for what may leave; answers those message ids. Everything else of the batch is decided or stays claimed. */
const hand = (
  work: HandOff,
  rows: readonly ClaimedRow[],
  renderings: ReadonlyMap<string, Rendering>,
): Promise<string[]> =>
  inAccount(work.engine.deps.db, work.held.accountId, (trx) =>
    handRows(trx, work.held, {
      messageIds: rows.map((row) => row.message_id),
      unrendered: rows.flatMap((row) => (isRendered(renderings.get(row.message_id)) ? [] : row.message_id)),
      decision: work.decision,
      gated: work.head.kind === 'campaign',
      providerId: work.route.providerId,
      revision: work.head.revision,
    }),
  )

type Recorder = ReturnType<typeof makeRecorder>

/** Gives the batch to the adapter and stores its answers; a message without one is uncertain. */
const submit = async (
  work: HandOff,
  batch: readonly RenderedMessage[],
  recorder: Recorder,
): Promise<void> => {
  const { route, engine } = work
  const timer = setInterval(() => void recorder.flush().catch(() => {}), flushEveryMs)
  try {
    await route.submit(batch, {
      signal: engine.signal,
      mayBegin: (id) => work.mayGoOn() && work.journal.begun(id),
      report: recorder.report,
    })
  } catch (error) {
    engine.deps.log.error({ err: error, provider: route.providerId }, 'an adapter failed')
  } finally {
    clearInterval(timer)
    for (const { messageId } of batch) {
      recorder.report(messageId, { kind: 'unanswered', code: '', text: 'no answer was reported' })
    }
    await recorder.flush()
  }
}

export type BatchEnd = {
  /** Rows of the batch that are decided or wait again; the others are still claimed. */
  readonly done: number
  readonly handed: number
  readonly stopped: boolean
  readonly failed: boolean
}

/**
 * Renders, hands over and records one batch. Order: `handed` commits, then bytes leave, then answers are stored. A row
 * whose answer never comes stays `handed` and becomes `uncertain` when the lease has run out (sending.md §9).
 */
export const handOver = async (work: HandOff, rows: readonly ClaimedRow[]): Promise<BatchEnd> => {
  const renderings = await render(work, rows)
  if (!work.mayGoOn()) return { done: 0, handed: 0, stopped: true, failed: false }
  const recorder = makeRecorder(work, rows)
  let handed: readonly string[] = []
  try {
    handed = await hand(work, rows, renderings)
  } catch (error) {
    // The commit may have happened unseen; no byte has left, so such rows go back.
    for (const row of rows) recorder.report(row.message_id, { kind: 'not_begun' })
    await recorder.flush()
    throw error
  }
  const batch = handed.flatMap((id) => {
    const rendering = renderings.get(id)
    return isRendered(rendering) ? [rendering] : []
  })
  if (batch.length === 0) return { done: 0, handed: 0, stopped: false, failed: false }
  await submit(work, batch, recorder)
  if (work.route.noteAnswers) await work.route.noteAnswers(recorder.noted)
  return {
    done: batch.length,
    handed: batch.length,
    stopped: recorder.hasToStop(),
    failed: recorder.hasProviderFailed(),
  }
}
