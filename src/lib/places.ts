/** Names that can be told apart; two that fall together share their places, which makes them slower and never wrong. */
const slots = 1_024

/** Threads that may share one memory. */
const seatsMax = 65

const hashOf = (name: string): number => {
  let hash = 0x81_1c_9d_c5
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01_00_01_93)
  return (hash >>> 0) % slots
}

/** Taken by all, then for each seat what it holds and how many of it wait. */
const takenAt = (slot: number): number => slot
const heldAt = (seat: number, slot: number): number => slots * (1 + seat) + slot
const waitingAt = (seat: number, slot: number): number => slots * (1 + seatsMax + seat) + slot

export const makePlacesMemory = (): SharedArrayBuffer =>
  new SharedArrayBuffer(slots * (1 + 2 * seatsMax) * Int32Array.BYTES_PER_ELEMENT)

/** So many at once of something that all threads of the process share, as connections to one relay. */
export type Places = {
  /** Takes one of `max` places under a name and answers how to give it back; null when all are taken. */
  take(name: string, max: number): (() => void) | null
  /** Resolves when a place may be free, at the latest after the given time. */
  wait(name: string, waitMs: number): Promise<void>
  /** True while another thread waits and this one holds more than its share. */
  shouldGive(name: string, max: number): boolean
}

type Seating = { readonly memory: SharedArrayBuffer; readonly seat: number; readonly seats: number }

export const openPlaces = ({ memory, seat, seats }: Seating): Places => {
  const counts = new Int32Array(memory)
  return {
    take: (name, max) => {
      const slot = hashOf(name)
      for (;;) {
        const taken = Atomics.load(counts, takenAt(slot))
        if (taken >= max) return null
        if (Atomics.compareExchange(counts, takenAt(slot), taken, taken + 1) === taken) break
      }
      Atomics.add(counts, heldAt(seat, slot), 1)
      let isGivenBack = false
      return () => {
        if (isGivenBack) return
        isGivenBack = true
        Atomics.sub(counts, heldAt(seat, slot), 1)
        Atomics.sub(counts, takenAt(slot), 1)
        Atomics.notify(counts, takenAt(slot))
      }
    },
    wait: async (name, waitMs) => {
      const slot = hashOf(name)
      const taken = Atomics.load(counts, takenAt(slot))
      Atomics.add(counts, waitingAt(seat, slot), 1)
      const waiting = Atomics.waitAsync(counts, takenAt(slot), taken, waitMs)
      await waiting.value
      Atomics.sub(counts, waitingAt(seat, slot), 1)
    },
    shouldGive: (name, max) => {
      const slot = hashOf(name)
      if (Atomics.load(counts, heldAt(seat, slot)) * seats <= max) return false
      return Array.from({ length: seats }, (_, other) => other).some(
        (other) => other !== seat && Atomics.load(counts, waitingAt(other, slot)) > 0,
      )
    },
  }
}

/** What a thread held when it died is free again. */
export const freeSeat = (memory: SharedArrayBuffer, seat: number): void => {
  const counts = new Int32Array(memory)
  for (let slot = 0; slot < slots; slot += 1) {
    Atomics.store(counts, waitingAt(seat, slot), 0)
    const held = Atomics.exchange(counts, heldAt(seat, slot), 0)
    if (held === 0) continue
    Atomics.sub(counts, takenAt(slot), held)
    Atomics.notify(counts, takenAt(slot))
  }
}

/** For a process without threads. */
export const ownPlaces = (): Places => openPlaces({ memory: makePlacesMemory(), seat: 0, seats: 1 })
