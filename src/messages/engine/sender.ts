import { setTimeout as sleep } from 'node:timers/promises'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { Hub } from '../../live/index.ts'
import type { MessageSource, SourceKind } from '../source.ts'
import { drainChunk, type Engine, type SourceRef } from './drain.ts'
import type { ResolveRoutes } from './outbound.ts'
import { findCampaignHead, listLiveCampaigns, listOpenTests } from './queries.ts'
import type { NoteRefusals } from './refusals.ts'

/** Sources worked on at once by one process, so that one slow relay does not hold up the others. */
const sourcesMax = 4
const idleMs = 500
/** A closed gate is known within a second even if its notification was lost (sending.md §4.3). */
const gateCheckMs = 500

export type Sender = { close(): Promise<void> }

const listSources = async (deps: Deps): Promise<SourceRef[]> => {
  const tests = await listOpenTests(deps.db)
  const campaigns = await listLiveCampaigns(deps.db)
  return [
    ...tests.map((test) => ({
      accountId: test.account_id,
      sourceId: test.test_send_id,
      kind: 'test' as const,
    })),
    ...campaigns
      .filter((campaign) => campaign.status === 'sending')
      .map((campaign) => ({
        accountId: campaign.account_id,
        sourceId: campaign.campaign_id,
        kind: 'campaign' as const,
      })),
  ]
}

/** Keeps the set of closed gates of the sources at work: by notification, and by looking every half second. */
const watchGates = (deps: Deps, hub: Hub, atWork: ReadonlyMap<string, SourceRef>) => {
  const closed = new Set<string>()
  const look = async (ref: SourceRef) => {
    if (ref.kind !== 'campaign') return
    const head = await inAccount(deps.db, ref.accountId, (trx) =>
      findCampaignHead(trx, ref.accountId, ref.sourceId),
    )
    if (head?.gateOpen) closed.delete(ref.sourceId)
    else closed.add(ref.sourceId)
  }
  const leave = hub.subscribe((notice) => {
    const ref = notice.topic === 'campaign' && notice.id ? atWork.get(notice.id) : undefined
    if (ref) void look(ref).catch(() => {})
  })
  const timer = setInterval(() => {
    for (const ref of atWork.values()) void look(ref).catch(() => {})
  }, gateCheckMs)
  return {
    closed,
    close: () => {
      leave()
      clearInterval(timer)
    },
  }
}

/** The sender role: takes due sources in turn, a chunk at a time, until the process stops. */
export const startSender = (
  deps: Deps,
  options: {
    nodeId: string
    hub: Hub
    sources: Readonly<Partial<Record<SourceKind, MessageSource>>>
    resolveRoutes: ResolveRoutes
    noteRefusals?: NoteRefusals
  },
): Sender => {
  const stop = new AbortController()
  const atWork = new Map<string, SourceRef>()
  const gates = watchGates(deps, options.hub, atWork)
  const engine: Engine = { ...options, deps, signal: stop.signal, closedGates: gates.closed }
  const running = new Set<Promise<void>>()
  let wake: () => void = () => {}
  const leave = options.hub.subscribe((notice) => {
    if (notice.topic === 'campaign') wake()
  })

  const work = async (ref: SourceRef): Promise<void> => {
    try {
      gates.closed.delete(ref.sourceId)
      while (!stop.signal.aborted && (await drainChunk(engine, ref)));
    } catch (error) {
      deps.log.warn({ err: error, source: ref.sourceId }, 'a chunk failed, its rows come back with the lease')
      await sleep(idleMs)
    } finally {
      atWork.delete(ref.sourceId)
    }
  }

  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        for (const ref of await listSources(deps)) {
          if (atWork.size >= sourcesMax) break
          if (atWork.has(ref.sourceId)) continue
          atWork.set(ref.sourceId, ref)
          const task = work(ref).finally(() => running.delete(task))
          running.add(task)
        }
      } catch (error) {
        deps.log.warn({ err: error }, 'due sources could not be read, trying again')
      }
      await Promise.race([
        sleep(idleMs),
        new Promise<void>((resolve) => {
          wake = resolve
        }),
      ])
    }
  }
  const looping = loop()

  return {
    close: async () => {
      stop.abort()
      wake()
      leave()
      await looping
      await Promise.all(running)
      gates.close()
    },
  }
}
