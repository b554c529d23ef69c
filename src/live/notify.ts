import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

export type Topic =
  | 'campaign'
  /** A transactional message waits; for senders. */
  | 'message'
  | 'operation'
  | 'import'
  | 'contact'
  | 'group'
  | 'simulator'
  | 'provider'
  | 'sender_domain'
  | 'report'
  | 'bounce'
  | 'account'
  /** Who may be signed in from where: open streams are judged anew. */
  | 'security'

export type Notice = { readonly account: string; readonly topic: Topic; readonly id?: string }

export const channel = 'campanile_events'

/** Tells every process, when the transaction commits, that something of the account changed. Ids only, never content. */
export const notify = async (trx: Trx, account: string, topic: Topic, id?: string): Promise<void> => {
  const notice: Notice = { account, topic, ...(id ? { id } : {}) }
  await sql`select pg_notify(${channel}, ${JSON.stringify(notice)})`.execute(trx)
}
