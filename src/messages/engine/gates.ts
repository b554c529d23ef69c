import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { Hub } from '../../live/index.ts'
import type { SourceRef } from './engine.ts'
import { findCampaignHead } from './sources/queries.ts'

/** A closed gate is known within a second even if its notification was lost (sending.md §4.3). */
const gateCheckMs = 500

/** Keeps the set of closed gates of the sources at work: by notification, and by looking every half second. */
export const watchGates = (deps: Deps, hub: Hub, atWork: () => ReadonlyMap<string, SourceRef>) => {
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
    const ref = notice.topic === 'campaign' && notice.id ? atWork().get(notice.id) : undefined
    if (ref) void look(ref).catch(() => {})
  })
  const timer = setInterval(() => {
    const refs = atWork()
    for (const id of closed) if (!refs.has(id)) closed.delete(id)
    for (const ref of refs.values()) void look(ref).catch(() => {})
  }, gateCheckMs)
  return {
    closed: closed as ReadonlySet<string>,
    /** Whoever begins anew asks the database itself. */
    forget: (sourceId: string) => void closed.delete(sourceId),
    close: () => {
      leave()
      clearInterval(timer)
    },
  }
}
