import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Deps } from '../../http/deps.ts'
import { freeSeat, makePlacesMemory } from '../../lib/places.ts'
import type { Hub, Notice } from '../../live/index.ts'
import type { Sender } from '../engine/sender.ts'
import { type ReplayOptions, replayJournals } from '../journal/replay.ts'
import type { ThreadData, ToThread } from './protocol.ts'

/** A thread that dies at once is not started again at once. */
const firstWaitMs = 500
const longestWaitMs = 30_000
/** One that has lived so long died of something new. */
const longLifeMs = 60_000

/** Far above what a thread holds; left alone, it would let garbage of a million messages lie until memory is full. */
const heapLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 }

export type ThreadsOptions = ReplayOptions & {
  readonly nodeId: string
  readonly hub: Hub
  readonly databaseUrl: string
  /** The program of a thread; it calls `runSenderThread`. */
  readonly program: URL
  readonly count: number
}

/** One place among the threads: whoever dies in it is followed by another. */
class Seat {
  readonly #deps: Deps
  readonly #options: ThreadsOptions
  readonly #places: SharedArrayBuffer
  readonly #number: number
  readonly #stop: AbortSignal
  #worker: Worker | null = null
  #started = 0

  constructor(
    given: { deps: Deps; options: ThreadsOptions; places: SharedArrayBuffer },
    number: number,
    stop: AbortSignal,
  ) {
    this.#deps = given.deps
    this.#options = given.options
    this.#places = given.places
    this.#number = number
    this.#stop = stop
  }

  tell(message: ToThread): void {
    this.#worker?.postMessage(message)
  }

  async run(): Promise<void> {
    let waitMs = firstWaitMs
    while (!this.#stop.aborted) {
      const began = performance.now()
      const writer = await this.#live()
      if (this.#stop.aborted) return
      this.#deps.log.error({ thread: this.#number }, 'a sender thread ended, another takes its place')
      const { nodeId, noteRefusals } = this.#options
      const ended = { nodeId, writer }
      await replayJournals(this.#deps, { ended, ...(noteRefusals ? { noteRefusals } : {}) })
      waitMs = performance.now() - began > longLifeMs ? firstWaitMs : Math.min(waitMs * 2, longestWaitMs)
      await sleep(waitMs, undefined, { signal: this.#stop }).catch(() => {})
    }
  }

  /** One thread from its start to its end; answers the name of its journal. */
  async #live(): Promise<string> {
    const { nodeId, databaseUrl, program, count } = this.#options
    this.#started += 1
    const writer = `${this.#number}-${this.#started}`
    const { config, clock, log } = this.#deps
    const seat = this.#number - 1
    const places = { memory: this.#places, seat, seats: count }
    const data: ThreadData = { config, databaseUrl, nodeId, writer, clockOffsetMs: clock.offsetMs(), places }
    const worker = new Worker(program, { workerData: data, resourceLimits: heapLimits })
    this.#worker = worker
    worker.on('error', (error) => log.error({ err: error, thread: this.#number }, 'a sender thread failed'))
    await new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    this.#worker = null
    freeSeat(this.#places, seat)
    return writer
  }
}

/**
 * The sender role in threads of its own, so that the console answers while a million messages go out. The main thread
 * passes on what it hears, starts anew what died, and decides by its journal what that had under way.
 */
export const startSenderThreads = (deps: Deps, options: ThreadsOptions): Sender => {
  const stop = new AbortController()
  const given = { deps, options, places: makePlacesMemory() }
  const seats = Array.from({ length: options.count }, (_, n) => new Seat(given, n + 1, stop.signal))
  const tellAll = (message: ToThread): void => {
    for (const seat of seats) seat.tell(message)
  }
  const leave = options.hub.subscribe((notice: Notice) => tellAll({ kind: 'notice', notice }))
  const leaveClock = deps.clock.onMove((offsetMs) => tellAll({ kind: 'clock', offsetMs }))
  const running = seats.map((seat) => seat.run())
  return {
    close: async () => {
      leave()
      leaveClock()
      stop.abort()
      tellAll({ kind: 'stop' })
      await Promise.all(running)
    },
  }
}
