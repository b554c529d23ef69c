import { createHash } from 'node:crypto'
import type { Places } from '../../../lib/places.ts'
import type { SmtpConnection } from './connection.ts'

const idleMsMax = 10_000
const idleConnectionsMax = 100

/** No connection is shared between accounts, nor between two settings of one provider. */
export const poolKey = (accountId: string, settings: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([accountId, settings]))
    .digest('base64')

/** How often a resting connection looks whether another thread waits for its place. */
const lookEveryMs = 100
const waitMsMax = 1_000

type Open = () => Promise<SmtpConnection>

/** How many connections of one key there may be in all threads together. */
export type Room = { readonly places: Places; readonly max: number }

type Resting = { readonly connection: SmtpConnection; readonly timer: NodeJS.Timeout }

/** Connections between two batches, kept for seconds. */
export const makePool = (commandMs: number) => {
  const resting = new Map<string, Resting[]>()
  const waiting = new Map<string, Set<() => void>>()
  let count = 0

  const remove = (key: string, connection: SmtpConnection): void => {
    const others = (resting.get(key) ?? []).filter((entry) => entry.connection !== connection)
    if (others.length > 0) resting.set(key, others)
    else resting.delete(key)
    count -= 1
  }

  /** A connection that still answers, or null. */
  const take = async (key: string): Promise<SmtpConnection | null> => {
    for (;;) {
      const entry = resting.get(key)?.at(-1)
      if (!entry) return null
      clearInterval(entry.timer)
      remove(key, entry.connection)
      const reply = await entry.connection.command('RSET', commandMs).catch(() => null)
      if (reply?.code === 250) return entry.connection
      await entry.connection.quit(commandMs)
    }
  }

  const openIn = async (key: string, { places, max }: Room, open: Open): Promise<SmtpConnection | null> => {
    const giveBack = places.take(key, max)
    if (!giveBack) return null
    try {
      const connection = await open()
      connection.onEnd(giveBack)
      return connection
    } catch (error) {
      giveBack()
      throw error
    }
  }

  /** Until something may be had: a connection that is put to rest here, a place that is given back anywhere. */
  const waitFor = (key: string, { places }: Room, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const own = waiting.get(key) ?? new Set()
      waiting.set(key, own)
      const end = (): void => {
        signal.removeEventListener('abort', end)
        own.delete(end)
        if (own.size === 0 && waiting.get(key) === own) waiting.delete(key)
        resolve()
      }
      own.add(end)
      signal.addEventListener('abort', end, { once: true })
      void places.wait(key, waitMsMax).then(end)
    })

  return {
    take,
    /**
     * A resting connection or a new one, as soon as there is room; null when the signal came first.
     * @throws what opening throws
     */
    async takeOrOpen(
      key: string,
      room: Room,
      open: Open,
      signal: AbortSignal,
    ): Promise<SmtpConnection | null> {
      while (!signal.aborted) {
        const connection = (await take(key)) ?? (await openIn(key, room, open))
        if (connection) return connection
        await waitFor(key, room, signal)
      }
      return null
    },
    async rest(key: string, connection: SmtpConnection, room?: Room): Promise<void> {
      if (connection.broken) return
      const isWanted = () => room?.places.shouldGive(key, room.max) ?? false
      if (count >= idleConnectionsMax || isWanted()) return connection.quit(commandMs)
      const restsUntilMs = performance.now() + idleMsMax
      const timer = setInterval(() => {
        if (performance.now() < restsUntilMs && !isWanted()) return
        clearInterval(timer)
        remove(key, connection)
        void connection.quit(commandMs)
      }, lookEveryMs)
      timer.unref()
      count += 1
      resting.set(key, [...(resting.get(key) ?? []), { connection, timer }])
      const [first] = waiting.get(key) ?? []
      first?.()
    },
    /** Ends one resting connection that fits, and answers which; null when none rests. */
    async endOne(fits: (connection: SmtpConnection) => boolean): Promise<SmtpConnection | null> {
      for (const [key, entries] of resting) {
        const entry = entries.find(({ connection }) => fits(connection))
        if (!entry) continue
        clearInterval(entry.timer)
        remove(key, entry.connection)
        await entry.connection.quit(commandMs)
        return entry.connection
      }
      return null
    },
    async close(): Promise<void> {
      const all = [...resting.values()].flat()
      resting.clear()
      count = 0
      for (const { timer } of all) clearInterval(timer)
      await Promise.all(all.map(({ connection }) => connection.quit(1_000)))
    },
  }
}
export type Pool = ReturnType<typeof makePool>
