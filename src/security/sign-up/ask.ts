import type { Where } from '../../http/actor.ts'
import type { BodyOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, invalidField, notFound } from '../../http/errors.ts'
import { parseEmail } from '../../lib/email-address.ts'
import { spendLimits } from '../limits.ts'
import { keepRequest } from '../strangers/request.ts'
import type { signUp } from './contract.ts'
import { requireProof } from './puzzle.ts'

const hour = 3_600
const perAddressMax = 5
const withoutProofMax = 2

const isBeyond = async (deps: Deps, key: string, max: number): Promise<boolean> => {
  try {
    await spendLimits(deps.db, [{ key, max, windowSeconds: hour }])
    return false
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return true
    throw error
  }
}

/**
 * Takes a sign-up; what becomes of it, only the mailbox learns (security.md §4.3).
 * @throws AppError 404 when closed, 422 `puzzle_required` from the third of an address on, 429 `rate_limited`.
 */
export const askForAccount = async (
  deps: Deps,
  given: BodyOf<typeof signUp>,
  where: Where,
): Promise<void> => {
  if (!deps.config.signUpOpen) throw notFound()
  const email = parseEmail(given.email)
  if (!email) throw invalidField('/email', 'email_invalid', 'is not an e-mail address')
  const from = where.address ?? 'unresolved'
  // A demanded puzzle spends nothing: whoever solves it comes back with the same request.
  if (given.proof) await requireProof(deps, given.proof)
  else if (await isBeyond(deps, `sign-up:plain:${from}`, withoutProofMax)) await requireProof(deps, undefined)
  await spendLimits(deps.db, [{ key: `sign-up:address:${from}`, max: perAddressMax, windowSeconds: hour }])
  await keepRequest(deps, where, {
    kind: 'sign_up',
    given: {
      email: email.address,
      account_name: given.account_name,
      first_name: given.first_name,
      last_name: given.last_name,
      language: given.language ?? null,
    },
  })
}
