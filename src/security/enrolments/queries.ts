import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'
import type { FactorMethod } from '../challenges/contract.ts'

export type ProofWay = 'email_link' | 'sms_code' | 'none'

export type EnrolmentRow = {
  account_id: string
  id: string
  user_id: string
  binding: Buffer
  methods: FactorMethod[]
  via: ProofWay
  ways: ProofWay[]
  proof_challenge_id: string | null
  proof_sends: number
  resend_after: Date | null
  proven_at: Date | null
  attempts_left: number
  security_epoch: number
  next: string | null
  expires_at: Date
}

export const findEnrolmentPlace = async (db: Db, id: string): Promise<string | null> => {
  const { rows } = await sql<{ account_id: string }>`select account_id from lookup_enrolment(${id})`.execute(
    db,
  )
  return rows[0]?.account_id ?? null
}

type Own = { readonly accountId: string; readonly id: string; readonly binding: Buffer }

const live = ({ accountId, id, binding }: Own) => sql`account_id = ${accountId} and id = ${id}
  and binding = ${binding} and state = 'pending' and expires_at > app_now()`

export const findLiveEnrolment = async (trx: Trx, own: Own) => {
  const { rows } = await sql<EnrolmentRow>`select * from enrolments where ${live(own)}`.execute(trx)
  return rows[0] ?? null
}

export type NewEnrolment = Omit<EnrolmentRow, 'attempts_left' | 'proof_challenge_id'>

export const insertEnrolment = (trx: Trx, row: NewEnrolment) =>
  sql`insert into enrolments (account_id, id, user_id, binding, methods, via, ways, proof_sends, resend_after, proven_at,
      security_epoch, next, expires_at)
    values (${row.account_id}, ${row.id}, ${row.user_id}, ${row.binding}, ${row.methods}::text[], ${row.via},
      ${row.ways}::text[], ${row.proof_sends}, ${row.resend_after}, ${row.proven_at}, ${row.security_epoch},
      ${row.next}, ${row.expires_at})`.execute(trx)

/** The oldest give way: three open sign-ins of one person are enough. */
export const dropOldEnrolments = (trx: Trx, accountId: string, userId: string, keep: number) =>
  sql`update enrolments set state = 'superseded' where account_id = ${accountId} and state = 'pending' and id in (
    select id from enrolments where account_id = ${accountId} and user_id = ${userId} and state = 'pending'
    order by created_at desc, id desc offset ${keep})`.execute(trx)

export const cancelEnrolmentsOf = (trx: Trx, accountId: string, userId: string) =>
  sql`update enrolments set state = 'cancelled'
    where account_id = ${accountId} and user_id = ${userId} and state = 'pending'`.execute(trx)

export const setProofChallenge = (trx: Trx, accountId: string, id: string, challengeId: string) =>
  sql`update enrolments set proof_challenge_id = ${challengeId}
    where account_id = ${accountId} and id = ${id}`.execute(trx)

/** One more link or code on its way; of parallel callers one sends. */
export const spendProofSend = async (
  trx: Trx,
  own: Own,
  given: { via: ProofWay; sendsMax: number; resendAfter: Date },
) => {
  const { rows } = await sql<EnrolmentRow>`
    update enrolments set proof_sends = proof_sends + 1, via = ${given.via}, resend_after = ${given.resendAfter}
    where ${live(own)} and proven_at is null and proof_sends < ${given.sendsMax}
      and (via <> ${given.via} or resend_after is null or resend_after <= app_now())
    returning *`.execute(trx)
  return rows[0] ?? null
}

export const setProven = async (trx: Trx, own: Own): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update enrolments set proven_at = coalesce(proven_at, app_now()) where ${live(own)}`.execute(trx)
  return numAffectedRows === 1n
}

/** Spends one attempt at confirming, committed alone. */
export const spendEnrolmentAttempt = async (trx: Trx, own: Own) => {
  const { rows } = await sql<EnrolmentRow>`
    update enrolments set attempts_left = attempts_left - 1
    where ${live(own)} and proven_at is not null and attempts_left > 0 returning *`.execute(trx)
  return rows[0] ?? null
}

/** The end of the dialogue; false when somebody else was first. */
export const endEnrolment = async (trx: Trx, own: Own, state: 'consumed' | 'locked' | 'cancelled') => {
  const { numAffectedRows } = await sql`
    update enrolments set state = ${state} where ${live(own)}`.execute(trx)
  return numAffectedRows === 1n
}
