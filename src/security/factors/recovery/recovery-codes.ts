import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Where } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { circumstances, notify } from '../../../system-stream/index.ts'
import { makeCodeText, readCode } from './code-text.ts'
import { countCodesLeft, findCode, replaceCodes, spendCode } from './queries.ts'

const codesPerSet = 10
const fewLeft = 3
/** Eighty random bits need no costly hash; these parameters keep ten codes of a set from taking a second to make. */
const parameters = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Ten fresh codes, shown once; a former set is dead with the commit. */
export const makeRecoveryCodes = async (
  trx: Trx,
  accountId: string,
  userId: string,
): Promise<readonly string[]> => {
  const codes = Array.from({ length: codesPerSet }, (_, position) => makeCodeText(position))
  const hashes = await Promise.all(codes.map(({ secret }) => hash(secret, parameters)))
  await replaceCodes(trx, accountId, userId, hashes)
  return codes.map(({ text }) => text)
}

type Spending = {
  readonly accountId: string
  readonly userId: string
  readonly code: ProvenCode
  /** Where the caller stands, for the notice. */
  readonly where?: Pick<Where, 'address' | 'agent'>
}

/** A code that was compared and is right, not yet spent. */
export type ProvenCode = { readonly position: number; readonly hash: string }

/** Compares, outside of any transaction because it is costly. Null = not a live code of this person. */
export const checkRecoveryCode = async (
  deps: Deps,
  { accountId, userId, code }: Pick<Spending, 'accountId' | 'userId'> & { readonly code: string },
): Promise<ProvenCode | null> => {
  const given = readCode(code)
  if (!given) return null
  const { position, secret } = given
  const found = await inAccount(deps.db, accountId, (trx) => findCode(trx, accountId, userId, position))
  return found && (await verify(found.code_hash, secret)) ? { position, hash: found.code_hash } : null
}

/**
 * Spends a proven code in the transaction that lets the person in: of parallel callers with the same code one gets it,
 * and no code is gone without somebody being in. Null = another was quicker, or there is a new set.
 */
export const spendRecoveryCode = async (
  trx: Trx,
  deps: Deps,
  { accountId, userId, code, where }: Spending,
): Promise<{ readonly left: number } | null> => {
  if (!(await spendCode(trx, accountId, userId, code))) return null
  const left = await countCodesLeft(trx, accountId, userId)
  const values = { ...(where ? circumstances(deps, where) : { at: deps.clock.now() }), left }
  await notify(trx, deps, { accountId, userId, kind: 'recovery_used', values })
  if (left <= fewLeft) await notify(trx, deps, { accountId, userId, kind: 'recovery_low', values })
  return { left }
}

export const recoveryCodesLeft = countCodesLeft
