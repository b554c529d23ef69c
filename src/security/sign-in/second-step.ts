import { byVisitor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import {
  browserBinding,
  type ChallengeRow,
  type Proof,
  type Proven,
  verifyChallenge,
} from '../challenges/engine.ts'
import type { Session } from '../contract.ts'
import { trustDevice } from '../devices/index.ts'
import { findMfaState } from '../mfa/state.ts'
import { judgeAddress } from '../network/index.ts'
import { findUser } from '../queries.ts'
import { refundVerify, spendVerify } from '../throttles/index.ts'
import { openBreakGlass } from './break-glass.ts'
import { type Completed, completeSignIn, type Http } from './completion.ts'
import { recordDenied } from './refusal.ts'

export type SecondStep = {
  status: 'signed_in'
  session: Session
  next: string | null
  recovery_codes_left?: number
}

/** The address is judged again at this moment; break-glass is for those outside. */
const judge = (http: Http) => async (trx: Trx, row: ChallengeRow) => {
  if (row.purpose === 'break_glass') return true
  const question = { accountId: row.account_id, userId: row.user_id, scope: 'panel' as const }
  return (await judgeAddress(trx, { ...question, address: clientAddress(http.request) })).allowed
}

const passwordKnownAfter = 5

/** Somebody knows the password and does not have the factor: the person must hear of it. */
const onWrong = (deps: Deps, http: Http) => async (row: ChallengeRow, failures: number, locked: boolean) => {
  const { account_id: accountId, user_id: userId } = row
  const where = whereOf(http.request)
  await recordDenied(deps, { login: null, accountId, userId, reason: 'factor', where })
  if (!locked && failures % passwordKnownAfter !== 0) return
  const values = circumstances(deps, where)
  await inAccount(deps.db, accountId, (trx) =>
    notify(trx, deps, { accountId, userId, kind: 'password_known', values }),
  )
}

const amrOf = ({ row, recoveryCodesLeft }: Proven): string[] => [
  'pwd',
  ...(row.purpose === 'break_glass' ? ['break_glass'] : []),
  recoveryCodesLeft === null ? row.method : 'recovery',
]

const sessionOf = async (trx: Trx, deps: Deps, proven: Proven, http: Http): Promise<Completed> => {
  const { row, person } = proven
  const accountId = row.account_id
  const user = await findUser(trx, accountId, person.id)
  const done = {
    accountId,
    userId: person.id,
    epoch: person.security_epoch,
    name: user ? `${user.first_name} ${user.last_name}` : null,
    amr: amrOf(proven),
  }
  if (row.purpose === 'break_glass')
    return { ...done, limited: 'break_glass', limitedUntil: await openBreakGlass(trx, deps, proven, http) }
  if (proven.recoveryCodesLeft !== null) return { ...done, limited: 'recovery' }
  const state = await findMfaState(trx, deps, accountId, person.id)
  if (state && !state.met) return { ...done, limited: 'recovery' }
  return { ...done, limited: user?.password_change_required ? 'password_change' : null }
}

const trust = async (trx: Trx, deps: Deps, { row, person }: Proven, http: Http): Promise<void> => {
  const whose = { accountId: row.account_id, userId: person.id }
  const state = await findMfaState(trx, deps, whose.accountId, whose.userId)
  if (!state || state.trustedDeviceDays === 0) return
  await trustDevice(trx, deps, whose, { epoch: person.security_epoch, days: state.trustedDeviceDays }, http)
  await record(trx, deps, byVisitor(whose.accountId, whereOf(http.request), { userId: whose.userId }), {
    action: 'trusted_device.added',
    object: { type: 'user', id: whose.userId },
    diff: { after: { days: state.trustedDeviceDays } },
  })
}

const finish = async (
  trx: Trx,
  deps: Deps,
  proven: Proven,
  wants: { readonly trust: boolean },
  http: Http,
): Promise<SecondStep> => {
  const { row, recoveryCodesLeft } = proven
  const done = await sessionOf(trx, deps, proven, http)
  if (wants.trust && row.purpose === 'sign_in' && recoveryCodesLeft === null && !done.limited)
    await trust(trx, deps, proven, http)
  if (recoveryCodesLeft !== null) {
    const by = byVisitor(row.account_id, whereOf(http.request), { userId: row.user_id })
    const diff = { after: { left: recoveryCodesLeft } }
    await record(trx, deps, by, {
      action: 'recovery_code.used',
      object: { type: 'user', id: row.user_id },
      diff,
    })
  }
  const session = await completeSignIn(trx, deps, done, http)
  const next = typeof row.payload['next'] === 'string' ? row.payload['next'] : null
  const left = recoveryCodesLeft === null ? {} : { recovery_codes_left: recoveryCodesLeft }
  return { status: 'signed_in', session, next, ...left }
}

/**
 * The second step of signing in: of parallel right answers one is signed in.
 * @throws AppError `code_malformed`, `code_wrong`, `challenge_closed`, `factor_backoff`, `rate_limited`.
 */
export const verifySecondStep = async (
  deps: Deps,
  given: { readonly id: string; readonly proof: Proof; readonly trustDevice: boolean },
  http: Http,
): Promise<SecondStep> => {
  const where = whereOf(http.request)
  await spendVerify(deps, where.address)
  const done = await verifyChallenge(
    deps,
    {
      id: given.id,
      binding: browserBinding(http.request, deps.config),
      kind: 'browser',
      purposes: ['sign_in', 'break_glass'],
      proof: given.proof,
      where,
      judge: judge(http),
      onWrong: onWrong(deps, http),
    },
    (trx, proven) => finish(trx, deps, proven, { trust: given.trustDevice }, http),
  )
  await refundVerify(deps, where.address)
  return done
}
