import { inAccount, instanceAccountId, type Trx } from '../../db/pool.ts'
import type { SealedColumn } from '../../db/sealed-columns.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { enqueue, type JobHandler } from '../../jobs/index.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { insertRequest, takeRequest } from './queries.ts'

export type SignUpGiven = {
  readonly email: string
  readonly account_name: string
  readonly first_name: string
  readonly last_name: string
  readonly language: 'en' | 'pl' | 'de' | null
}
export type ResetGiven = { readonly login: string; readonly over_limit: boolean }

type Asked =
  | { readonly kind: 'sign_up'; readonly given: SignUpGiven }
  | { readonly kind: 'password_reset'; readonly given: ResetGiven }

const context = (id: string): string => `stranger_requests|given_sealed|${id}`
export const strangerRequest: SealedColumn = {
  table: 'stranger_requests',
  column: 'given_sealed',
  key: 'id',
  purpose: 'stranger-request',
  context,
}

/**
 * Keeps what a stranger asked for and lets a job do it: the answer takes the same time whatever is there to be found
 * (security.md §4.3).
 */
export const keepRequest = (deps: Deps, where: Where, asked: Asked): Promise<void> =>
  inAccount(deps.db, instanceAccountId, async (trx) => {
    const now = deps.clock.now()
    const id = uuidV7(now)
    const plain = Buffer.from(JSON.stringify({ given: asked.given, where }))
    await insertRequest(trx, {
      id,
      kind: asked.kind,
      given: deps.keys.seal('stranger-request', context(id), plain),
      createdAt: now,
    })
    await enqueue(trx, 'answer_stranger', { account_id: instanceAccountId, id })
  })

export type Answers = {
  readonly sign_up: (trx: Trx, deps: Deps, given: SignUpGiven, where: Where) => Promise<void>
  readonly password_reset: (trx: Trx, deps: Deps, given: ResetGiven, where: Where) => Promise<void>
}

/** The job: does what was asked in the transaction that takes the request away. */
export const makeStrangerJob =
  (answers: Answers): JobHandler =>
  (deps, { id }) =>
    inAccount(deps.db, instanceAccountId, async (trx) => {
      const row = await takeRequest(trx, id)
      const plain = row && deps.keys.open('stranger-request', context(id), row.given_sealed)
      if (!plain) return
      const { given, where } = JSON.parse(plain.toString()) as { given: unknown; where: Where }
      if (row.kind === 'sign_up') await answers.sign_up(trx, deps, given as SignUpGiven, where)
      else await answers.password_reset(trx, deps, given as ResetGiven, where)
    })
