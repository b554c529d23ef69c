import { randomBytes } from 'node:crypto'
import QRCode from 'qrcode'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { activatePending, insertFactor } from './queries.ts'
import { fromBase32, otpauthUri, stepOf, toBase32 } from './totp.ts'
import { sealSecret } from './totp-factor.ts'

const secretBytes = 20

export type TotpOffer = {
  /** base32, as apps take it by hand. */
  readonly secret: string
  readonly otpauthUri: string
  /** A whole SVG document, drawn here: the secret never meets a third party. */
  readonly qrSvg: string
}

/** A fresh secret of 160 bits (RFC 4226 §4), or a given one, as it is shown once. */
export const offerTotp = async (
  label: string,
  given?: Buffer,
): Promise<TotpOffer & { readonly bytes: Buffer }> => {
  const bytes = given ?? randomBytes(secretBytes)
  const secret = toBase32(bytes)
  const uri = otpauthUri(secret, 'Campanile', label)
  const qrSvg = await QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
  return { secret, otpauthUri: uri, qrSvg, bytes }
}

/** The step of a code for a secret that is not bound yet; null when it does not fit. */
export const stepOfOffer = (secret: string, code: string, now: Date): number | null => {
  const bytes = fromBase32(secret)
  return bytes && stepOf(bytes, code, now)
}

/** Binds an app whose secret is known to fit: in set-up, where no session exists yet, and in seeds. */
export const bindTotp = async (
  trx: Trx,
  deps: Deps,
  bound: {
    readonly accountId: string
    readonly userId: string
    readonly secret: string
    readonly lastStep?: number
  },
): Promise<void> => {
  const { accountId, userId, secret, lastStep } = bound
  const bytes = fromBase32(secret)
  if (!bytes) throw new Error('the secret is no base32')
  const factorId = uuidV7(deps.clock.now())
  const secretSealed = await sealSecret(trx, deps, { accountId, userId, factorId }, bytes)
  const expiresAt = new Date(deps.clock.now().getTime() + 60_000)
  await insertFactor(trx, accountId, {
    id: factorId,
    userId,
    type: 'totp',
    state: 'pending',
    secretSealed,
    expiresAt,
  })
  const given = { name: null, ...(lastStep === undefined ? {} : { lastStep }) }
  await activatePending(trx, accountId, userId, factorId, given)
}
