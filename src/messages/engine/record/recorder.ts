import type { SubmitAnswer } from '../../../channels/channel.ts'
import { inAccount } from '../../../db/pool.ts'
import { noteRunAnswers } from '../../answers/answers.ts'
import { receivingDomain } from '../claim/admit.ts'
import type { ClaimedRow } from '../claim/queries.ts'
import type { HandOff } from '../engine.ts'
import type { NotedAnswer } from '../outbound.ts'
import { persist } from '../persist.ts'
import { toResult } from '../results.ts'
import { type RecordedResult, recordResults } from './queries.ts'

type Reported = { readonly row: ClaimedRow; readonly answer: SubmitAnswer }

const resultsOf = ({ engine, head }: HandOff, batch: readonly Reported[]): RecordedResult[] => {
  const now = engine.deps.clock.now()
  return batch.map(({ row, answer }) =>
    toResult(row.message_id, answer, {
      attempts: row.attempts,
      plannedAt: row.planned_at,
      now,
      random: Math.random(),
      kind: head.kind,
    }),
  )
}

/** Stores one batch of answers and, in the same transaction, tells of the recipients refused for good. */
const store = (work: HandOff, batch: readonly Reported[]): Promise<void> => {
  const { engine, held, head } = work
  const results = resultsOf(work, batch)
  const byId = new Map(batch.map((reported) => [reported.row.message_id, reported]))
  return persist(engine.deps, () =>
    inAccount(engine.deps.db, held.accountId, async (trx) => {
      const refused = await recordResults(trx, held, results)
      if (head.kind === 'campaign') await noteRunAnswers(trx, held.accountId, held.sourceId, results)
      if (refused.length === 0 || !engine.noteRefusals) return
      const refusals = refused.flatMap((id) => {
        const { row, answer } = byId.get(id) ?? {}
        // Retries that are used up end as a soft bounce (sending.md §10).
        if (!row || (answer?.kind !== 'permanent' && answer?.kind !== 'temporary')) return []
        return {
          messageId: id,
          sourceId: held.sourceId,
          runMonth: held.runMonth,
          contactId: row.contact_id,
          address: row.address,
          class: answer.kind === 'permanent' ? answer.class : 'expired',
          code: answer.code,
          text: answer.text,
          origin: head.kind,
        }
      })
      if (refusals.length > 0) await engine.noteRefusals(trx, engine.deps, held.accountId, refusals)
    }),
  )
}

/** Collects the answers of one batch as they come and stores them under the lease. */
export const makeRecorder = (work: HandOff, rows: readonly ClaimedRow[]) => {
  const claimed = new Map(rows.map((row) => [row.message_id, row]))
  const reported = new Set<string>()
  const noted: NotedAnswer[] = []
  let waiting: Reported[] = []
  // `stop` ends the chunk; `failed` feeds the circuit breaker, which a mere "slower, please" does not.
  let stop = false
  let failed = false
  let writing: Promise<void> = Promise.resolve()
  const flush = (): Promise<void> => {
    const batch = waiting
    waiting = []
    if (batch.length > 0) writing = writing.then(() => store(work, batch))
    return writing
  }
  return {
    report: (id: string, answer: SubmitAnswer): void => {
      const row = claimed.get(id)
      if (!row || reported.has(id)) return
      reported.add(id)
      work.journal.answered(id, answer)
      // What one receiver says about itself does not hold up the others (email.md §16).
      const ofReceiver = 'scope' in answer && answer.scope === 'receiver'
      if (!ofReceiver && (answer.kind === 'down' || answer.kind === 'throttled')) stop = true
      if (answer.kind === 'down' || answer.kind === 'unanswered') failed = true
      if (work.route.noteAnswers) noted.push({ domain: receivingDomain(row.address), answer })
      waiting.push({ row, answer })
    },
    reported,
    noted,
    flush,
    hasProviderFailed: () => failed,
    hasToStop: () => stop,
  }
}
