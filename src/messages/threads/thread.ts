import { once } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { connectPool, openDb } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { makeLog } from '../../http/log.ts'
import { systemClock } from '../../lib/clock.ts'
import { openPlaces } from '../../lib/places.ts'
import { openKeyRing } from '../../lib/secrets.ts'
import { type SenderParts, startSender } from '../engine/sender.ts'
import { openJournal } from '../journal/file.ts'
import { makeThreadHub } from './hub.ts'
import { type ThreadData, type ToThread, withBuffers } from './protocol.ts'

/** Statements of one thread at once; each waits for the database more than it works. */
const connectionsMax = 6

/** What the features above bring; a thread builds all else itself. */
export type ThreadParts = SenderParts & { closeAdapters(deps: Deps): Promise<void> }

const openDeps = (data: ThreadData, stopping: AbortSignal) => {
  const config = withBuffers(data.config)
  const pool = connectPool(data.databaseUrl, { max: connectionsMax, name: 'campanile-sender' })
  const clock = systemClock()
  clock.setOffsetMs(data.clockOffsetMs)
  const keys = openKeyRing(config.secretKeys)
  const places = openPlaces(data.places)
  const deps: Deps = { config, db: openDb(pool), clock, keys, log: makeLog(config), stopping, places }
  return { deps, pool }
}

/** The whole life of a sender thread: the engine as it is, with connections, keys and adapters of its own. */
export const runSenderThread = async ({ closeAdapters, ...parts }: ThreadParts): Promise<void> => {
  const port = parentPort as MessagePort
  const data = workerData as ThreadData
  const stop = new AbortController()
  const { deps, pool } = openDeps(data, stop.signal)
  const hub = makeThreadHub()
  const { nodeId, writer } = data
  const journal = openJournal({ dataDir: deps.config.dataDir, nodeId, writer })
  const sender = startSender(deps, { ...parts, nodeId, hub, journal })
  port.on('message', (message: ToThread) => {
    if (message.kind === 'notice') hub.tell(message.notice)
    if (message.kind === 'clock') deps.clock.setOffsetMs(message.offsetMs)
    if (message.kind === 'stop') stop.abort()
  })
  await once(stop.signal, 'abort')
  await sender.close()
  journal.close()
  await closeAdapters(deps)
  await pool.end()
  port.close()
}
