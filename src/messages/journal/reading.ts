import { readFileSync } from 'node:fs'
import type { SubmitAnswer } from '../../channels/channel.ts'
import type { JournaledLease } from './journal.ts'
import { isComplete, type Owner } from './owner.ts'
import { type JournalRecord, readRecord } from './record.ts'

/** What is known of the messages of a lease; null = begun, and no answer came. */
export type LeftLease = {
  readonly lease: JournaledLease
  readonly begun: ReadonlyMap<string, SubmitAnswer | null>
}

export type LeftJournal = {
  /** Null where not even the first line is whole. */
  readonly owner: Owner | null
  readonly leases: readonly LeftLease[]
  /** True when a message that does not stand here was certainly not begun. */
  readonly complete: boolean
}

type Growing = { readonly lease: JournaledLease; readonly begun: Map<string, SubmitAnswer | null> }

const apply = (leases: Map<number, Growing>, record: JournalRecord): void => {
  switch (record.kind) {
    case 'open':
      leases.set(record.n, { lease: record.lease, begun: new Map() })
      return
    case 'begun':
      leases.get(record.n)?.begun.set(record.messageId, null)
      return
    case 'answered':
      leases.get(record.n)?.begun.set(record.messageId, record.answer)
      return
    case 'settled':
      leases.delete(record.n)
      return
    case 'owner':
  }
}

/**
 * Reads what a sender left. The last line may be cut: its writing had not ended, so nothing had followed from it. A line
 * that is damaged elsewhere makes the whole file one of which only what it says is believed, and nothing from its silence.
 */
export const readJournal = (text: string): LeftJournal => {
  const lines = text.split('\n')
  // Behind the last line end stands nothing, or the line that was cut.
  lines.pop()
  const leases = new Map<number, Growing>()
  let owner: Owner | null = null
  let damaged = false
  for (const line of lines) {
    const record = readRecord(line)
    if (record?.kind === 'owner') owner = record.owner
    else if (record) apply(leases, record)
    else damaged = true
  }
  return { owner, leases: [...leases.values()], complete: !damaged && owner !== null && isComplete(owner) }
}

export const readJournalFile = (path: string): LeftJournal => readJournal(readFileSync(path, 'utf8'))
