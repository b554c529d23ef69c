import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Journal, JournaledLease, LeaseJournal } from './journal.ts'
import { type Owner, thisOwner } from './owner.ts'
import { answeredLine, begunLine, openLine, ownerLine, settledLine } from './record.ts'
import { Segment } from './segment.ts'

/** Leases begin in a new file from this size on; the old one goes when the last of its leases has ended. */
const segmentBytesMax = 8 * 1_024 * 1_024
/** How often a full disk is tried again. */
const retryMs = 1_000

export const journalFolder = (dataDir: string): string => join(dataDir, 'journal')
export const journalEnding = '.journal'

type Options = {
  readonly dataDir: string
  readonly nodeId: string
  /** Tells the writers of one process apart. */
  readonly writer: string
  readonly segmentBytes?: number
}

/** The journal of one sender; synchronous, because nothing may happen between writing and acting. */
class FileJournal implements Journal {
  readonly #options: Options
  readonly #owner: Owner
  #segment: Segment | null = null
  #segments = 0
  #leases = 0
  #fullSince: number | null = null

  constructor(options: Options) {
    this.#options = options
    this.#owner = thisOwner(options.nodeId)
    mkdirSync(journalFolder(options.dataDir), { recursive: true, mode: 0o700 })
  }

  isWritable(): boolean {
    if (this.#fullSince === null) return true
    if (performance.now() - this.#fullSince < retryMs) return false
    this.#fullSince = null
    // A line that says nothing shows whether there is room again.
    return this.#current()?.write(settledLine(-1)) || this.#failed()
  }

  open(lease: JournaledLease): LeaseJournal {
    this.#leases += 1
    const n = this.#leases
    const segment = this.#current()
    const known = segment?.write(openLine(n, lease)) || this.#failed()
    if (!segment || !known) return { begun: () => false, answered: () => {}, settled: () => {} }
    segment.open += 1
    return {
      begun: (messageId) => segment.write(begunLine(n, messageId)) || this.#failed(),
      answered: (messageId, answer) => segment.keep(answeredLine(n, messageId, answer)),
      settled: () => this.#settled(segment, n),
    }
  }

  /** Files whose leases are all settled go; others are read at the next start. */
  close(): void {
    const segment = this.#segment
    this.#segment = null
    if (!segment) return
    segment.close()
    if (segment.open === 0) segment.remove()
  }

  #current(): Segment | null {
    const full = (this.#segment?.size ?? 0) >= (this.#options.segmentBytes ?? segmentBytesMax)
    if (this.#segment && !full) return this.#segment
    const old = this.#segment
    this.#segments += 1
    const name = `${this.#options.nodeId}.${this.#options.writer}.${this.#segments}${journalEnding}`
    try {
      const made = new Segment(join(journalFolder(this.#options.dataDir), name))
      if (!made.write(ownerLine(this.#owner))) {
        made.close()
        made.remove()
        return old
      }
      this.#segment = made
      if (old?.open === 0) this.#drop(old)
      return made
    } catch {
      return old
    }
  }

  #failed(): false {
    this.#fullSince ??= performance.now()
    return false
  }

  #settled(segment: Segment, n: number): void {
    segment.write(settledLine(n))
    segment.open -= 1
    if (segment.open === 0 && segment !== this.#segment) this.#drop(segment)
  }

  #drop(segment: Segment): void {
    segment.close()
    segment.remove()
  }
}

export type OpenJournal = Journal & { close(): void }

export const openJournal = (options: Options): OpenJournal => new FileJournal(options)
