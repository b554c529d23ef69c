import { inAccount, type Trx } from '../../db/pool.ts'
import { clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, invalid } from '../../http/errors.ts'
import { isDialogueId } from '../challenges/codes.ts'
import type { FactorMethod } from '../challenges/contract.ts'
import { type Binding, browserBinding, challengeClosed, verifyChallenge } from '../challenges/engine.ts'
import { sendsMax, waitAfter } from '../challenges/sending.ts'
import { noteFactorUse } from '../factors/index.ts'
import { consumeLink, killLinks, linkRefused, peekLink } from '../links/index.ts'
import { judgeAddress } from '../network/index.ts'
import { findUser } from '../queries.ts'
import { mayBeSignedIn } from '../sessions/life.ts'
import type { Http } from '../sign-in/completion.ts'
import { refundVerify, spendVerify } from '../throttles/index.ts'
import { sendProof } from './opening.ts'
import {
  type EnrolmentRow,
  findEnrolmentPlace,
  findLiveEnrolment,
  type ProofWay,
  setProven,
  spendProofSend,
} from './queries.ts'

const closed = (): AppError => challengeClosed('browser')

export type Enrolment = { readonly row: EnrolmentRow; readonly binding: Binding }

/** The user and his network are judged at every step, not only at the first (security.md §2.5). */
export const mayGoOn = async (trx: Trx, deps: Deps, row: EnrolmentRow, http: Http): Promise<boolean> => {
  const user = await findUser(trx, row.account_id, row.user_id)
  if (!user || !mayBeSignedIn(user, deps.clock.now()) || user.security_epoch !== row.security_epoch)
    return false
  const question = { accountId: row.account_id, userId: row.user_id, scope: 'panel' as const }
  return (await judgeAddress(trx, { ...question, address: clientAddress(http.request) })).allowed
}

/**
 * The open enrolment of this browser.
 * @throws AppError 401 `challenge_closed` for everything else.
 */
export const findEnrolment = async (deps: Deps, id: string, http: Http): Promise<Enrolment> => {
  const binding = browserBinding(http.request, deps.config)
  if (!binding || !isDialogueId(id)) throw closed()
  const accountId = await findEnrolmentPlace(deps.db, id)
  if (accountId === null) throw closed()
  const row = await inAccount(deps.db, accountId, async (trx) => {
    const found = await findLiveEnrolment(trx, { accountId, id, binding: binding.hash })
    return found && (await mayGoOn(trx, deps, found, http)) ? found : null
  })
  if (!row) throw closed()
  return { row, binding }
}

export const ownOf = ({ row }: Enrolment) => ({
  accountId: row.account_id,
  id: row.id,
  binding: row.binding,
})

const open = ({ row }: Enrolment): { status: 'open'; methods: FactorMethod[] } => ({
  status: 'open',
  methods: row.methods,
})

/** The link belongs to the person, whichever browser it is opened in; it is used up, and its older siblings with it. */
const proveByLink = async (deps: Deps, enrolment: Enrolment, token: string): Promise<void> => {
  const { row } = enrolment
  const link = await peekLink(deps, 'enrolment', token)
  if (link.accountId !== row.account_id || link.userId !== row.user_id) throw linkRefused()
  await inAccount(deps.db, row.account_id, async (trx) => {
    await consumeLink(trx, deps, 'enrolment', token)
    await killLinks(trx, row.account_id, row.user_id, ['enrolment'])
    if (!(await setProven(trx, ownOf(enrolment)))) throw closed()
  })
}

const proveByCode = (deps: Deps, enrolment: Enrolment, code: string, http: Http): Promise<void> => {
  const { row, binding } = enrolment
  return verifyChallenge(
    deps,
    {
      id: row.proof_challenge_id ?? '',
      binding,
      kind: 'browser',
      purposes: ['enrol'],
      proof: { code },
      where: whereOf(http.request),
      judge: async (_trx, challenge) => challenge.payload['enrolment'] === row.id,
    },
    async (trx) => {
      const user = await findUser(trx, row.account_id, row.user_id)
      const whose = { accountId: row.account_id, userId: row.user_id }
      await noteFactorUse(trx, { ...whose, method: 'sms', destination: user?.phone ?? null })
      if (!(await setProven(trx, ownOf(enrolment)))) throw closed()
    },
  )
}

/**
 * Whoever found a password must not bind his own factor with it: mail or number of the person come first.
 * @throws AppError 400 `code_malformed`, `link_refused`, 401 `code_wrong`, `challenge_closed`, 429.
 */
export const prove = async (
  deps: Deps,
  id: string,
  given: { readonly token?: string; readonly code?: string },
  http: Http,
) => {
  const address = clientAddress(http.request)
  await spendVerify(deps, address)
  const enrolment = await findEnrolment(deps, id, http)
  if ((given.token === undefined) === (given.code === undefined))
    throw invalid({ pointer: '', code: 'required', detail: 'exactly one of token and code is needed' })
  if (given.token !== undefined) await proveByLink(deps, enrolment, given.token)
  else await proveByCode(deps, enrolment, given.code ?? '', http)
  await refundVerify(deps, address)
  return open(enrolment)
}

const wayOf = (row: EnrolmentRow, wanted: string | undefined): ProofWay => {
  const via = row.ways.find((way) => way !== 'none' && way === (wanted ?? row.via))
  if (!via || row.proven_at) throw conflict('method_not_offered')
  return via
}

const refuseHaste = (deps: Deps, row: EnrolmentRow): AppError => {
  const until = row.proof_sends >= sendsMax ? row.expires_at : (row.resend_after ?? row.expires_at)
  const seconds = Math.max(1, Math.ceil((until.getTime() - deps.clock.now().getTime()) / 1000))
  return new AppError('resend_wait', 429, '', {}, { 'retry-after': String(seconds) })
}

/**
 * Sends link or code of the proof again.
 * @throws AppError 401 `challenge_closed`, 409 `method_not_offered`, 429 `resend_wait`, `sms_limited`.
 */
export const resendProof = async (
  deps: Deps,
  id: string,
  wanted: string | undefined,
  http: Http,
): Promise<{ resend_after: string | null }> => {
  const enrolment = await findEnrolment(deps, id, http)
  const { row, binding } = enrolment
  const via = wayOf(row, wanted)
  const resendAfter = waitAfter(row.proof_sends + 1, deps.clock.now()) ?? row.expires_at
  const spent = await inAccount(deps.db, row.account_id, (trx) =>
    spendProofSend(trx, ownOf(enrolment), { via, sendsMax, resendAfter }),
  )
  if (!spent) throw refuseHaste(deps, row)
  await sendProof(deps, via, { accountId: row.account_id, userId: row.user_id, id: row.id, binding }, http)
  return { resend_after: spent.proof_sends >= sendsMax ? null : resendAfter.toISOString() }
}
