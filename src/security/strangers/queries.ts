import { instanceAccountId, type Trx } from '../../db/pool.ts'

export const insertRequest = (
  trx: Trx,
  request: { id: string; kind: 'sign_up' | 'password_reset'; given: Buffer; createdAt: Date },
) =>
  trx
    .insertInto('stranger_requests')
    .values({
      account_id: instanceAccountId,
      id: request.id,
      kind: request.kind,
      given_sealed: request.given,
      created_at: request.createdAt,
    })
    .execute()

/** Taken by one worker: the row is gone with its transaction, or comes back when that fails. */
export const takeRequest = (trx: Trx, id: string) =>
  trx
    .deleteFrom('stranger_requests')
    .where('account_id', '=', instanceAccountId)
    .where('id', '=', id)
    .returning(['kind', 'given_sealed', 'created_at'])
    .executeTakeFirst()
