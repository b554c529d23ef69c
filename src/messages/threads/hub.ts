import type { Hub, Notice } from '../../live/index.ts'

/** The hub of a thread: it hears what the main thread hears, without a connection of its own. */
export type ThreadHub = Hub & { tell(notice: Notice): void }

export const makeThreadHub = (): ThreadHub => {
  const listeners = new Set<(notice: Notice) => void>()
  return {
    tell: (notice) => {
      for (const listener of listeners) listener(notice)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    // The main thread hands its offset over with each move.
    onClock: () => {},
    close: async () => listeners.clear(),
  }
}
