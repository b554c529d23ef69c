import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { unprocessable } from '../../http/errors.ts'
import { hashToken } from '../../lib/tokens.ts'
import { offerTotp, stepOfOffer } from '../factors/offer.ts'
import { findSetupOffer, storeSetupOffer } from './queries.ts'

const purpose = 'setup-totp'
const contextOf = (token: string): string => hashToken(token).toString('hex')

const open = (deps: Deps, token: string, sealed: string | null): Buffer | null =>
  sealed === null ? null : deps.keys.open(purpose, contextOf(token), Buffer.from(sealed, 'base64'))

/** The app of the first member of staff: one secret for the life of the link, so that a reload shows the same picture. */
export const offerSetupTotp = async (trx: Trx, deps: Deps, token: string, newId: string) => {
  const hash = hashToken(token)
  const known = await findSetupOffer(trx, hash)
  const bytes = open(deps, token, known?.sealed ?? null)
  const offer = await offerTotp('Campanile', bytes ?? undefined)
  const id = bytes && known ? known.id : newId
  if (!bytes) {
    const sealed = deps.keys.seal(purpose, contextOf(token), offer.bytes).toString('base64')
    await storeSetupOffer(trx, hash, { id, sealed })
  }
  return { id, secret: offer.secret, otpauth_uri: offer.otpauthUri, qr_svg: offer.qrSvg }
}

/**
 * The secret and the step of a code that fits what was offered behind this link.
 * @throws AppError 422 `totp_required` when it does not fit.
 */
export const proveSetupTotp = async (
  trx: Trx,
  deps: Deps,
  token: string,
  code: string,
): Promise<{ secret: string; lastStep: number }> => {
  const known = await findSetupOffer(trx, hashToken(token))
  const bytes = open(deps, token, known?.sealed ?? null)
  if (!bytes) throw unprocessable('totp_required', '', { pointer: '/staff/totp_code' })
  const { secret } = await offerTotp('Campanile', bytes)
  const lastStep = stepOfOffer(secret, code.replaceAll(/[\s-]/g, ''), deps.clock.now())
  if (lastStep === null) throw unprocessable('totp_required', '', { pointer: '/staff/totp_code' })
  return { secret, lastStep }
}
