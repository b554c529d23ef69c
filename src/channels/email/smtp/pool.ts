import { createHash } from 'node:crypto'
import type { SmtpConnection } from './connection.ts'

const idleMsMax = 10_000
const idleConnectionsMax = 100

/** No connection is shared between accounts, nor between two settings of one provider. */
export const poolKey = (accountId: string, settings: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([accountId, settings]))
    .digest('base64')

type Resting = { readonly connection: SmtpConnection; readonly timer: NodeJS.Timeout }

/** Connections between two batches, kept for seconds. */
export const makePool = (commandMs: number) => {
  const resting = new Map<string, Resting[]>()
  let count = 0

  const remove = (key: string, connection: SmtpConnection): void => {
    const others = (resting.get(key) ?? []).filter((entry) => entry.connection !== connection)
    if (others.length > 0) resting.set(key, others)
    else resting.delete(key)
    count -= 1
  }

  return {
    /** A connection that still answers, or null. */
    async take(key: string): Promise<SmtpConnection | null> {
      for (;;) {
        const entry = resting.get(key)?.at(-1)
        if (!entry) return null
        clearTimeout(entry.timer)
        remove(key, entry.connection)
        const reply = await entry.connection.command('RSET', commandMs).catch(() => null)
        if (reply?.code === 250) return entry.connection
        await entry.connection.quit(commandMs)
      }
    },
    async rest(key: string, connection: SmtpConnection): Promise<void> {
      if (connection.broken) return
      if (count >= idleConnectionsMax) return connection.quit(commandMs)
      const timer = setTimeout(() => {
        remove(key, connection)
        void connection.quit(commandMs)
      }, idleMsMax)
      timer.unref()
      count += 1
      resting.set(key, [...(resting.get(key) ?? []), { connection, timer }])
    },
    /** Ends one resting connection that fits, and answers which; null when none rests. */
    async endOne(fits: (connection: SmtpConnection) => boolean): Promise<SmtpConnection | null> {
      for (const [key, entries] of resting) {
        const entry = entries.find(({ connection }) => fits(connection))
        if (!entry) continue
        clearTimeout(entry.timer)
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
      for (const { timer } of all) clearTimeout(timer)
      await Promise.all(all.map(({ connection }) => connection.quit(1_000)))
    },
  }
}
export type Pool = ReturnType<typeof makePool>
