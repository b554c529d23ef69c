import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'
import type { ChallengePurpose, FactorMethod } from './contract.ts'

export type Offered = FactorMethod | 'recovery'

export type ChallengeRow = {
  account_id: string
  id: string
  transaction_id: string
  purpose: ChallengePurpose
  user_id: string
  method: FactorMethod
  binding: Buffer
  destination_sealed: Buffer | null
  destination_masked: string | null
  code_mac: Buffer | null
  passkey_challenge: string | null
  offered: Offered[]
  attempts_left: number
  sends: number
  resend_after: Date | null
  security_epoch: number
  payload: Record<string, unknown>
  state: string
  transaction_until: Date
  expires_at: Date
}

export const findChallengePlace = async (db: Db, id: string): Promise<string | null> => {
  const { rows } = await sql<{ account_id: string }>`select account_id from lookup_challenge(${id})`.execute(
    db,
  )
  return rows[0]?.account_id ?? null
}

type Own = { readonly accountId: string; readonly id: string; readonly binding: Buffer }

/** Only who began it sees it, and only while it can be answered. */
export const findLiveChallenge = async (trx: Trx, { accountId, id, binding }: Own) => {
  const { rows } = await sql<ChallengeRow>`
    select * from mfa_challenges
    where account_id = ${accountId} and id = ${id} and binding = ${binding}
      and state = 'pending' and expires_at > app_now() and attempts_left > 0`.execute(trx)
  return rows[0] ?? null
}

/** Spends one attempt; any number of parallel callers spend at most what is left. */
export const spendAttempt = async (
  trx: Trx,
  { accountId, id, binding }: Own,
): Promise<ChallengeRow | null> => {
  const { rows } = await sql<ChallengeRow>`
    update mfa_challenges set attempts_left = attempts_left - 1
    where account_id = ${accountId} and id = ${id} and binding = ${binding}
      and state = 'pending' and expires_at > app_now() and attempts_left > 0
    returning *`.execute(trx)
  return rows[0] ?? null
}

type EndState = 'consumed' | 'locked' | 'superseded' | 'cancelled'

/** Moves an open challenge to its end; false when somebody else was first. */
export const endChallenge = async (trx: Trx, accountId: string, id: string, state: EndState) => {
  const { numAffectedRows } = await sql`
    update mfa_challenges set state = ${state}
    where account_id = ${accountId} and id = ${id} and state = 'pending'`.execute(trx)
  return (numAffectedRows ?? 0n) === 1n
}

/** Takes the place of an open challenge; what it answers is handed on to the next one. */
export const supersedeChallenge = async (trx: Trx, { accountId, id, binding }: Own) => {
  const { rows } = await sql<ChallengeRow>`
    update mfa_challenges set state = 'superseded'
    where account_id = ${accountId} and id = ${id} and binding = ${binding}
      and state = 'pending' and transaction_until > app_now() and attempts_left > 0
    returning *`.execute(trx)
  return rows[0] ?? null
}

/** A code that ran out may still be sent anew while its dialogue lives. */
export const findResendable = async (trx: Trx, { accountId, id, binding }: Own) => {
  const { rows } = await sql<ChallengeRow>`
    select * from mfa_challenges
    where account_id = ${accountId} and id = ${id} and binding = ${binding}
      and state = 'pending' and transaction_until > app_now() and attempts_left > 0`.execute(trx)
  return rows[0] ?? null
}

export const cancelDialogue = (trx: Trx, { accountId, id, binding }: Own) =>
  sql`update mfa_challenges set state = 'cancelled'
    where account_id = ${accountId} and binding = ${binding} and state = 'pending'
      and transaction_id = (select transaction_id from mfa_challenges
        where account_id = ${accountId} and id = ${id} and binding = ${binding})`.execute(trx)

/** Ends what a person has open: all of it, or one purpose. */
export const cancelChallengesOf = (
  trx: Trx,
  accountId: string,
  userId: string,
  purposes?: readonly ChallengePurpose[],
) =>
  sql`update mfa_challenges set state = 'cancelled'
    where account_id = ${accountId} and user_id = ${userId} and state = 'pending'
      and (${purposes ?? null}::text[] is null or purpose = any (${purposes ?? null}::text[]))`.execute(trx)

/** The oldest dialogues give way to the newest; `keep` of them stay. */
export const dropOldDialogues = (
  trx: Trx,
  accountId: string,
  userId: string,
  purposes: readonly ChallengePurpose[],
  keep: number,
) =>
  sql`update mfa_challenges set state = 'superseded'
    where account_id = ${accountId} and state = 'pending' and id in (
      select id from mfa_challenges
      where account_id = ${accountId} and user_id = ${userId} and state = 'pending'
        and purpose = any (${purposes}::text[]) and transaction_until > app_now()
      order by created_at desc, id desc offset ${keep})`.execute(trx)

export type NewChallenge = Omit<ChallengeRow, 'state'> & { readonly destination_hash: Buffer | null }

export const insertChallenge = async (trx: Trx, row: NewChallenge): Promise<ChallengeRow> => {
  const { rows } = await sql<ChallengeRow>`
    insert into mfa_challenges (account_id, id, transaction_id, purpose, user_id, method, binding, destination_sealed,
      destination_hash, destination_masked, code_mac, passkey_challenge, offered, attempts_left, sends, resend_after,
      security_epoch, payload, transaction_until, expires_at)
    values (${row.account_id}, ${row.id}, ${row.transaction_id}, ${row.purpose}, ${row.user_id}, ${row.method},
      ${row.binding}, ${row.destination_sealed}, ${row.destination_hash}, ${row.destination_masked}, ${row.code_mac},
      ${row.passkey_challenge}, ${row.offered}::text[], ${row.attempts_left}, ${row.sends}, ${row.resend_after},
      ${row.security_epoch}, ${JSON.stringify(row.payload)}::jsonb, ${row.transaction_until}, ${row.expires_at})
    returning *`.execute(trx)
  const made = rows[0]
  if (!made) throw new Error('the challenge just made is missing')
  return made
}

/** When this method may send again within the dialogue. */
export const findMethodWait = async (trx: Trx, row: ChallengeRow, method: FactorMethod) => {
  const { rows } = await sql<{ wait: Date | null }>`
    select max(resend_after) as wait from mfa_challenges
    where account_id = ${row.account_id} and transaction_id = ${row.transaction_id} and method = ${method}`.execute(
    trx,
  )
  return rows[0]?.wait ?? null
}

/** Opening dialogues of one person happens one after another, so that their number is counted right. */
export const lockPerson = async (trx: Trx, accountId: string, userId: string) => {
  const { rows } = await sql<{
    id: string
    login: string
    email: string
    phone: string | null
    phone_verified_at: Date | null
    language: 'en' | 'pl' | 'de'
    time_zone: string
    security_epoch: number
    status: string
    sign_in_allowed: boolean
    valid_until: string | null
    deleted_at: Date | null
  }>`
    select id, login, email, phone, phone_verified_at, language, time_zone, security_epoch, status, sign_in_allowed,
      valid_until, deleted_at
    from users where account_id = ${accountId} and id = ${userId} for no key update`.execute(trx)
  return rows[0] ?? null
}

export type Person = NonNullable<Awaited<ReturnType<typeof lockPerson>>>
