import { sql } from 'kysely'
import { instanceAccountId, type Trx } from '../../db/pool.ts'

type Offer = { readonly id: string; readonly sealed: string }

const setupLink = (trx: Trx, hash: Buffer) =>
  trx
    .selectFrom('link_tokens')
    .select('detail')
    .where('account_id', '=', instanceAccountId)
    .where('purpose', '=', 'setup')
    .where('token_hash', '=', hash)

/** The secret of the app that is offered behind a set-up link, sealed; it stands at the link and dies with it. */
export const findSetupOffer = async (trx: Trx, hash: Buffer): Promise<Offer | null> => {
  const row = await setupLink(trx, hash).forUpdate().executeTakeFirst()
  const { totp } = (row?.detail ?? {}) as { totp?: Offer }
  return totp ?? null
}

export const storeSetupOffer = (trx: Trx, hash: Buffer, offer: Offer) =>
  trx
    .updateTable('link_tokens')
    .set({ detail: sql`detail || ${JSON.stringify({ totp: offer })}::jsonb` })
    .where('account_id', '=', instanceAccountId)
    .where('purpose', '=', 'setup')
    .where('token_hash', '=', hash)
    .execute()
