import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../../http/deps.ts'
import type { SourceRef } from './engine.ts'
import type { DueSource } from './sources/queries.ts'
import { type Candidate, makeTurns } from './turns.ts'

/** How often due sources are looked for without being told of any. */
const idleMs = 500

export type ChunkNote = { readonly rows: number; readonly providerId: string }

export type WorkersOptions = {
  readonly deps: Deps
  /** Sources worked on at once, so that one slow relay does not hold up the others. */
  readonly sourcesMax: number
  readonly stopping: AbortSignal
  list(): Promise<readonly DueSource[]>
  /** Drains one chunk; answers whether there may be more at once. */
  drain(ref: SourceRef, note: (chunk: ChunkNote) => void): Promise<boolean>
}

type Due = Candidate & SourceRef

const toDue = (row: DueSource): Due => ({
  accountId: row.account_id,
  sourceId: row.source_id,
  kind: row.kind,
  lane: row.lane,
  weight: row.weight,
})

/** Works on due sources chunk by chunk, in the order of their turns, until the process stops. */
export const startWorkers = (options: WorkersOptions) => {
  const { deps, stopping } = options
  const turns = makeTurns()
  const atWork = new Map<string, Due>()
  const running = new Set<Promise<void>>()
  // A source that had nothing to do, or could not, is not asked again in the same breath.
  const restsUntil = new Map<string, number>()
  let wake: () => void = () => {}

  const work = async (due: Due): Promise<void> => {
    let more = false
    try {
      more = await options.drain(due, ({ rows, providerId }) => turns.worked(due, rows, providerId))
    } catch (error) {
      deps.log.warn({ err: error, source: due.sourceId }, 'a chunk failed, its rows come back with the lease')
    }
    atWork.delete(due.sourceId)
    if (!more) restsUntil.set(due.sourceId, performance.now() + idleMs)
    wake()
  }

  const begin = (candidates: readonly Due[]): void => {
    const now = performance.now()
    for (const [id, until] of restsUntil) if (until <= now) restsUntil.delete(id)
    const rested = candidates.filter((due) => !restsUntil.has(due.sourceId))
    while (atWork.size < options.sourcesMax) {
      const due = turns.next(rested, [...atWork.values()])
      if (!due) return
      atWork.set(due.sourceId, due)
      const task = work(due).finally(() => running.delete(task))
      running.add(task)
    }
  }

  const loop = async (): Promise<void> => {
    while (!stopping.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      try {
        if (atWork.size < options.sourcesMax) begin((await options.list()).map(toDue))
      } catch (error) {
        deps.log.warn({ err: error }, 'due sources could not be read, trying again')
      }
      await Promise.race([sleep(idleMs, undefined, { ref: false }), woken])
    }
  }
  const looping = loop()

  return {
    atWork: atWork as ReadonlyMap<string, SourceRef>,
    /** Looks for work now; a source that is named does not rest any longer. */
    wake: (sourceId?: string): void => {
      if (sourceId) restsUntil.delete(sourceId)
      wake()
    },
    close: async (): Promise<void> => {
      wake()
      await looping
      await Promise.all(running)
    },
  }
}
