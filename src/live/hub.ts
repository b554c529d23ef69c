import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { channel, type Notice } from './notify.ts'

type Listener = (notice: Notice) => void

/** One listening connection of a process; it comes back by itself after the database was away. */
export type Hub = {
  subscribe(listener: Listener): () => void
  /** Called when the test clock was moved by another process. */
  onClock(listener: () => void): void
  close(): Promise<void>
}

export const clockChannel = 'campanile_clock'
const reconnectMs = 500

export const openHub = (url: string, log: Logger): Hub => {
  const listeners = new Set<Listener>()
  const clockListeners = new Set<() => void>()
  let closed = false
  let client: pg.Client | null = null

  const receive = (message: pg.Notification): void => {
    if (message.channel === clockChannel) for (const listener of clockListeners) listener()
    if (message.channel !== channel || !message.payload) return
    const notice = JSON.parse(message.payload) as Notice
    for (const listener of listeners) listener(notice)
  }

  const listen = async (): Promise<void> => {
    while (!closed) {
      const next = new pg.Client({ connectionString: url, application_name: 'campanile-live' })
      try {
        const ended = new Promise<void>((resolve) => {
          next.on('end', resolve)
          next.on('error', () => resolve())
        })
        await next.connect()
        next.on('notification', receive)
        await next.query(`listen ${channel}; listen ${clockChannel}`)
        client = next
        // Closed while the connection was being made: nobody else knows of it.
        if (closed) await next.end()
        await ended
      } catch (error) {
        log.debug({ err: error }, 'live connection lost')
      }
      client = null
      if (!closed) await sleep(reconnectMs)
    }
  }
  const running = listen()

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClock: (listener) => {
      clockListeners.add(listener)
    },
    close: async () => {
      closed = true
      await client?.end().catch(() => {})
      await running
    },
  }
}
