import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'

export const replaceCodes = async (
  trx: Trx,
  accountId: string,
  userId: string,
  hashes: readonly string[],
): Promise<void> => {
  await deleteCodes(trx, accountId, userId)
  await trx
    .insertInto('recovery_codes')
    .values(
      hashes.map((hash, position) => ({ account_id: accountId, user_id: userId, position, code_hash: hash })),
    )
    .execute()
}

export const deleteCodes = (trx: Trx, accountId: string, userId: string) =>
  trx.deleteFrom('recovery_codes').where('account_id', '=', accountId).where('user_id', '=', userId).execute()

export const findCode = (trx: Trx, accountId: string, userId: string, position: number) =>
  trx
    .selectFrom('recovery_codes')
    .select('code_hash')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('position', '=', position)
    .where('used_at', 'is', null)
    .executeTakeFirst()

/** Of any number of parallel callers one gets it; a code of a set made meanwhile is another one. */
export const spendCode = async (
  trx: Trx,
  accountId: string,
  userId: string,
  code: { position: number; hash: string },
): Promise<boolean> => {
  const used = await trx
    .updateTable('recovery_codes')
    .set({ used_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('position', '=', code.position)
    .where('code_hash', '=', code.hash)
    .where('used_at', 'is', null)
    .returning('position')
    .executeTakeFirst()
  return used !== undefined
}

export const countCodesLeft = async (trx: Trx, accountId: string, userId: string): Promise<number> => {
  const row = await trx
    .selectFrom('recovery_codes')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.left)
}
