import type { Deps } from '../../http/deps.ts'
import type { Hub } from '../../live/index.ts'
import type { Journal } from '../journal/journal.ts'
import type { MessageSource, SourceKind } from '../source.ts'
import { drainChunk } from './drain.ts'
import type { Engine, SourceRef } from './engine.ts'
import { watchGates } from './gates.ts'
import type { ResolveRoutes } from './outbound.ts'
import type { NoteRefusals } from './refusals.ts'
import { listDueSources, listUrgentSources } from './sources/queries.ts'
import { type ChunkNote, startWorkers } from './workers.ts'

/** Own workers for codes and for tests: a million rows of campaigns never stand before them (sending.md §8). */
const sourcesMax = { urgent: 4, tests: 2, campaigns: 4 }

export type Sender = { close(): Promise<void> }

/** What the features above bring. */
export type SenderParts = {
  readonly sources: Readonly<Partial<Record<SourceKind, MessageSource>>>
  readonly resolveRoutes: ResolveRoutes
  readonly noteRefusals?: NoteRefusals
}

export type SenderOptions = SenderParts & {
  readonly nodeId: string
  readonly hub: Hub
  readonly journal?: Journal
}

/** The sender role: takes due sources in turn, a chunk at a time, until the process stops. */
export const startSender = (deps: Deps, options: SenderOptions): Sender => {
  const stop = new AbortController()
  const atWork = (): ReadonlyMap<string, SourceRef> =>
    new Map(Object.values(workers).flatMap((each) => [...each.atWork]))
  const gates = watchGates(deps, options.hub, atWork)
  const engine: Engine = { ...options, deps, signal: stop.signal, closedGates: gates.closed }
  const drain = (ref: SourceRef, note: (chunk: ChunkNote) => void): Promise<boolean> => {
    gates.forget(ref.sourceId)
    return drainChunk({ ...engine, noteChunk: note }, ref)
  }
  const startWith = (max: number, list: typeof listDueSources) =>
    startWorkers({ deps, sourcesMax: max, stopping: stop.signal, list: () => list(deps.db), drain })
  const due = async (tests: boolean) =>
    (await listDueSources(deps.db)).filter((source) => (source.kind === 'test') === tests)
  const workers = {
    urgent: startWith(sourcesMax.urgent, listUrgentSources),
    tests: startWith(sourcesMax.tests, () => due(true)),
    campaigns: startWith(sourcesMax.campaigns, () => due(false)),
  }
  const leave = options.hub.subscribe(({ topic, id }) => {
    if (topic === 'message') workers.urgent.wake(id)
    if (topic !== 'campaign') return
    workers.tests.wake(id)
    workers.campaigns.wake(id)
  })

  return {
    close: async () => {
      stop.abort()
      leave()
      await Promise.all(Object.values(workers).map((each) => each.close()))
      gates.close()
    },
  }
}
