import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'

/** A recipient definitely refused, told in the transaction that records it; the class is one of email.md §11.1. */
export type Refusal = {
  readonly messageId: string
  readonly sourceId: string
  readonly runMonth: string
  readonly contactId: string | null
  readonly address: string
  readonly class: string
  readonly code: string
  readonly text: string
  /** `test` messages suppress nobody. */
  readonly origin: 'campaign' | 'transactional' | 'test'
}

export type NoteRefusals = (
  trx: Trx,
  deps: Deps,
  accountId: string,
  refusals: readonly Refusal[],
) => Promise<void>
