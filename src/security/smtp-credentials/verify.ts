import { timingSafeEqual } from 'node:crypto'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { hashToken } from '../../lib/tokens.ts'
import { judgeKeyAddress } from '../network/index.ts'
import { findCredentialPlace, findPresentedCredential, noteCredentialUse } from './queries.ts'

export type SmtpSignIn = {
  readonly accountId: string
  readonly credentialId: string
  readonly streamId: string
}

const nowhere = { account_id: instanceAccountId, credential_id: '00000000-0000-7000-8000-000000000000' }

/**
 * Judges what a submission port was given. Null for every cause, so that its answer is one and the same:
 * `535 5.7.8` for an unknown name, a wrong secret and a foreign network (security.md §2.5).
 */
export const verifySmtpCredential = async (
  deps: Deps,
  given: { readonly username: string; readonly secret: string; readonly address: string | null },
): Promise<SmtpSignIn | null> => {
  const publicId = /^smtp_([0-9A-Za-z]{12})$/.exec(given.username)?.[1] ?? ''
  const place = (await findCredentialPlace(deps.db, publicId)) ?? nowhere
  const { account_id: accountId, credential_id: credentialId } = place
  return inAccount(deps.db, accountId, async (trx) => {
    const row = await findPresentedCredential(trx, accountId, credentialId)
    const hash = hashToken(given.secret)
    const fits = timingSafeEqual(row?.secret_hash ?? hashToken(''), hash)
    if (!row || !fits || (row.account_status !== 'active' && row.account_status !== 'test')) return null
    const { cidrs } = row
    const { address } = given
    const verdict = await judgeKeyAddress(trx, { accountId, keyId: row.id, cidrs, scope: 'smtp', address })
    if (!verdict.allowed) return null
    await noteCredentialUse(trx, accountId, row.id, address)
    return { accountId, credentialId: row.id, streamId: row.stream_id }
  })
}
