import { timingSafeEqual } from 'node:crypto'
import { byActor, record } from '../../../audit/index.ts'
import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { AppError, conflict } from '../../../http/errors.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import { listFactors } from '../../factors/index.ts'
import { hashBreakGlassCode, makeBreakGlassCode } from './code-text.ts'
import { listCodes, replaceCodes, spendCode } from './queries.ts'

const codesMade = 2

/** Codes are the owner's way back in; nobody else has a list to be shut out of for good. */
const ownersOnly = (actor: Actor): void => {
  if (!actor.owner)
    throw new AppError('permission_denied', 403, '', { permission: 'account.security.manage' })
}

/** Made while inside: who came in by exception would make his own next exception. */
const insideOnly = (actor: Actor): void => {
  if (actor.limited || actor.exceptionOnly)
    throw new AppError('session_limited', 403, '', { limited: actor.limited ?? 'break_glass' })
}

const isStrong = async (trx: Trx, actor: Actor): Promise<boolean> => {
  const factors = await listFactors(trx, actor.accountId, actor.userId)
  return factors.some(({ strength, state }) => strength === 'strong' && state === 'active')
}

/** Two fresh codes, shown once; older ones die. */
export const makeCodes = (deps: Deps, actor: Actor): Promise<{ codes: string[] }> => {
  ownersOnly(actor)
  insideOnly(actor)
  return inAccount(deps.db, actor.accountId, async (trx) => {
    if (!(await isStrong(trx, actor))) throw conflict('strong_factor_required')
    const codes = await giveCodes(trx, deps, actor.accountId, actor.userId)
    await record(trx, deps, byActor(actor), {
      action: 'break_glass.created',
      object: { type: 'user', id: actor.userId },
    })
    return { codes }
  })
}

/** Without a question asked: for `makeCodes` and for seeded accounts. */
export const giveCodes = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  userId: string,
): Promise<string[]> => {
  const codes = Array.from({ length: codesMade }, makeBreakGlassCode)
  const now = deps.clock.now()
  await replaceCodes(
    trx,
    accountId,
    userId,
    codes.map((code) => ({
      id: uuidV7(now),
      hash: hashBreakGlassCode(userId, code) ?? Buffer.alloc(0),
    })),
  )
  return codes
}

export const readCodes = (deps: Deps, actor: Actor) => {
  ownersOnly(actor)
  return inAccount(deps.db, actor.accountId, async (trx) => {
    const codes = await listCodes(trx, actor.accountId, actor.userId)
    return {
      left: codes.filter((code) => code.used_at === null).length,
      created_at: codes[0]?.created_at.toISOString() ?? null,
    }
  })
}

type Whose = { readonly accountId: string; readonly userId: string }

/** The unspent code that was typed; nothing is spent yet. */
export const findBreakGlassCode = async (
  trx: Trx,
  { accountId, userId, code }: Whose & { readonly code: string },
): Promise<string | null> => {
  const hash = hashBreakGlassCode(userId, code)
  const codes = await listCodes(trx, accountId, userId)
  const found = codes.find(
    (one) => hash !== null && one.used_at === null && timingSafeEqual(one.code_hash, hash),
  )
  return found?.id ?? null
}

/** True for exactly one of any number of parallel calls. */
export const spendBreakGlassCode = (
  trx: Trx,
  { accountId, userId, codeId }: Whose & { readonly codeId: string },
): Promise<boolean> => spendCode(trx, accountId, userId, codeId)
