import type { SubmitAnswer } from '../../channels/channel.ts'

/** Whose messages a sender is about to hand over; rows are taken back under the same id and epoch only. */
export type JournaledLease = {
  readonly accountId: string
  readonly sourceId: string
  /** ISO date of the ledger's partition. */
  readonly runMonth: string
  readonly leaseId: string
  readonly epoch: number
}

/** What one chunk tells the journal (sending.md §4.2). */
export type LeaseJournal = {
  /** Asked directly before the first byte; false when it could not be written down, and then nothing may be sent. */
  begun(messageId: string): boolean
  /** Told before anything is done with an answer. */
  answered(messageId: string, answer: SubmitAnswer): void
  /** Every row of the lease is decided in the database: what was written about it is not needed any more. */
  settled(): void
}

/** Outlives the process, not the machine; it is never the only truth. */
export type Journal = {
  /** False while nothing can be written (the disk is full): then nothing should be claimed either. */
  isWritable(): boolean
  open(lease: JournaledLease): LeaseJournal
}

/** For engines whose process keeps no file, as tests of the ledger run them. */
export const noJournal: Journal = {
  isWritable: () => true,
  open: () => ({ begun: () => true, answered: () => {}, settled: () => {} }),
}
