import { instanceAccountId, type Trx } from '../../db/pool.ts'

export type StoredKey = {
  readonly domain: string
  readonly selector: string
  readonly public_key: string
  readonly private_key_sealed: Buffer
}

export const findSenderKey = (trx: Trx, domain: string): Promise<StoredKey | undefined> =>
  trx
    .selectFrom('system_sender_keys')
    .select(['domain', 'selector', 'public_key', 'private_key_sealed'])
    .where('account_id', '=', instanceAccountId)
    .where('domain', '=', domain)
    .executeTakeFirst()

/** The first of two processes wins; the other reads what is there then. */
export const insertSenderKey = async (trx: Trx, key: StoredKey): Promise<void> => {
  await trx
    .insertInto('system_sender_keys')
    .values({ account_id: instanceAccountId, ...key })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
