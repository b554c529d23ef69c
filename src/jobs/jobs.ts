import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'

export type JobName =
  | 'run_operation'
  | 'plan_campaign'
  | 'deliver_system'
  | 'answer_stranger'
  | 'deliver_webhooks'
  | 'read_inbound_mail'
  | 'read_receipt_call'
  | 'check_sender_domain'
  | 'sender_domain_lost'

/** Jobs take ids and not snapshots: what they find when they run decides. */
export type JobPayload = { readonly account_id: string; readonly id: string }

/** Handlers may run twice and at any time later; the second run finds nothing left to do. */
export type JobHandler = (deps: Deps, payload: JobPayload) => Promise<void>
export type JobList = { readonly [Name in JobName]: JobHandler }

/** Enqueues in the caller's transaction: either both the change and its consequence exist, or neither. */
export const enqueue = async (trx: Trx, job: JobName, payload: JobPayload): Promise<void> => {
  await sql`select enqueue_job(${job}, ${JSON.stringify(payload)}::json, ${`${job}:${payload.id}`})`.execute(
    trx,
  )
}
