import { inAccount, type Trx } from '../../db/pool.ts'
import type { SealedColumn } from '../../db/sealed-columns.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { addMs } from '../../lib/clock.ts'
import { hashToken } from '../../lib/tokens.ts'
import { circumstances, sendSystem } from '../../system-stream/index.ts'
import { passkeyRequestOptions } from '../factors/index.ts'
import { makeLink } from '../links/index.ts'
import { type Binding, dialogueSeconds } from './binding.ts'
import { codeMac, makeCode, makeDialogueId } from './codes.ts'
import type { Challenge, ChallengePurpose, FactorMethod } from './contract.ts'
import {
  type ChallengeRow,
  dropOldDialogues,
  insertChallenge,
  lockPerson,
  type NewChallenge,
  type Offered,
  type Person,
} from './queries.ts'
import { codeKindOf, codeLifeMs, notMeLifeMs, type Permission, permitSend, waitAfter } from './sending.ts'
import { isSent, maskDestination, toChallenge } from './view.ts'

const attemptsMax = 5
const openSignInsMax = 3

export type Opening = {
  readonly accountId: string
  readonly userId: string
  readonly purpose: ChallengePurpose
  readonly method: FactorMethod
  readonly binding: Binding
  /** Where the code goes: a new number, a new address; left out, it is the user's own. */
  readonly destination?: string
  /** Everything this dialogue may be answered with, the present method among them. */
  readonly offered?: readonly Offered[]
  /** Whatever the opener needs again when it is answered. */
  readonly payload?: Readonly<Record<string, unknown>>
  /** Time, address and browser stand in every code message. */
  readonly where: Pick<Where, 'address' | 'agent'>
}

/** What a dialogue hands on from one challenge to the next. */
export type Carried = Pick<ChallengeRow, 'transaction_id' | 'attempts_left' | 'sends' | 'transaction_until'>

const sealContext = (id: string): string => `mfa_challenges|destination_sealed|${id}`
export const challengeDestination: SealedColumn = {
  table: 'mfa_challenges',
  column: 'destination_sealed',
  key: 'id',
  purpose: 'challenge',
  context: sealContext,
}
export const openDestination = ({ keys }: Deps, row: ChallengeRow): string | null =>
  row.destination_sealed &&
  (keys.open('challenge', sealContext(row.id), row.destination_sealed)?.toString() ?? null)

const expiryOf = (method: FactorMethod, now: Date, until: Date): Date => {
  const end = method === 'totp' ? until : addMs(now, codeLifeMs[method])
  return end < until ? end : until
}

type Draft = { readonly row: NewChallenge; readonly code: string | null; readonly options: object | null }

const draft = async (
  trx: Trx,
  deps: Deps,
  opening: Opening,
  person: Person,
  parts: {
    readonly carried: Carried | null
    readonly destination: string | null
    readonly permit: Permission
  },
): Promise<Draft> => {
  const { accountId, userId, purpose, method } = opening
  const { carried, destination, permit } = parts
  const now = deps.clock.now()
  const id = makeDialogueId()
  const until = carried?.transaction_until ?? addMs(now, dialogueSeconds * 1000)
  const code = isSent(method) && permit.sent ? makeCode(method) : null
  const sends = (carried?.sends ?? 0) + (code ? 1 : 0)
  const passkey = method === 'passkey' ? await passkeyRequestOptions(trx, deps, { accountId, userId }) : null
  const wait = permit.sent ? waitAfter(sends, now) : permit.retryAt
  const row: NewChallenge = {
    account_id: accountId,
    id,
    transaction_id: carried?.transaction_id ?? id,
    purpose,
    user_id: userId,
    method,
    binding: opening.binding.hash,
    destination_sealed: destination
      ? deps.keys.seal('challenge', sealContext(id), Buffer.from(destination))
      : null,
    destination_hash: destination ? hashToken(`${id}:${destination}`) : null,
    destination_masked: destination && isSent(method) ? maskDestination(method, destination) : null,
    code_mac: code ? codeMac(deps.keys, { id, purpose, userId, accountId }, code) : null,
    passkey_challenge: passkey?.challenge ?? null,
    offered: [...(opening.offered ?? [method])],
    attempts_left: carried?.attempts_left ?? attemptsMax,
    sends,
    resend_after: isSent(method) ? wait : null,
    security_epoch: person.security_epoch,
    payload: { ...opening.payload },
    transaction_until: until,
    expires_at: expiryOf(method, now, until),
  }
  return { row, code, options: passkey?.options ?? null }
}

/** A code on its way to a number or address that nobody has proven yet may reach a stranger, by one wrong digit. */
const isUnproven = ({ purpose, method }: Opening, person: Person): boolean =>
  purpose === 'phone_change' ||
  purpose === 'email_change' ||
  (method === 'sms' && person.phone_verified_at === null)

const send = async (
  trx: Trx,
  deps: Deps,
  opening: Opening,
  person: Person,
  parts: { readonly code: string; readonly destination: string },
): Promise<void> => {
  const { accountId, userId } = opening
  const notMeToken = await makeLink(trx, deps, {
    accountId,
    userId,
    purpose: 'not_me',
    lifeMs: notMeLifeMs,
    detail: isUnproven(opening, person) ? { ends: opening.purpose } : {},
  })
  await sendSystem(trx, deps, {
    accountId,
    userId,
    kind: codeKindOf[opening.purpose],
    to: opening.method === 'sms' ? { phone: parts.destination } : { email: parts.destination },
    language: person.language,
    timeZone: person.time_zone,
    values: { ...circumstances(deps, opening.where), code: parts.code, notMeToken },
  })
}

/** Writes one challenge, and its message, in the transaction of the caller. */
export const writeChallenge = async (
  trx: Trx,
  deps: Deps,
  opening: Opening,
  parts: {
    readonly carried: Carried | null
    readonly destination: string | null
    readonly permit: Permission
  },
): Promise<Challenge> => {
  const person = await lockPerson(trx, opening.accountId, opening.userId)
  if (!person) throw notFound()
  if (!parts.carried && (opening.purpose === 'sign_in' || opening.purpose === 'break_glass')) {
    const kept = openSignInsMax - 1
    await dropOldDialogues(trx, opening.accountId, opening.userId, ['sign_in', 'break_glass'], kept)
  }
  const { row, code, options } = await draft(trx, deps, opening, person, parts)
  const made = await insertChallenge(trx, row)
  if (code && parts.destination)
    await send(trx, deps, opening, person, { code, destination: parts.destination })
  return toChallenge(made, person, options)
}

/** Counts the send, where there is one, before any transaction begins. */
export const permitFor = async (
  deps: Deps,
  { accountId, userId, purpose, method }: Pick<Opening, 'accountId' | 'userId' | 'purpose' | 'method'>,
  destination: string | null,
): Promise<Permission> => {
  if (!isSent(method)) return { sent: true }
  if (destination === null) throw unprocessable(method === 'sms' ? 'phone_required' : 'email_unverified')
  return permitSend(deps, { accountId, userId, purpose, method, destination })
}

/** Where a code for this person goes. */
export const findDestination = (deps: Deps, accountId: string, userId: string, method: FactorMethod) =>
  isSent(method)
    ? inAccount(deps.db, accountId, async (trx) => {
        const person = await lockPerson(trx, accountId, userId)
        return (method === 'sms' ? person?.phone : person?.email) ?? null
      })
    : Promise.resolve(null)

/**
 * Opens a dialogue: one challenge, its code on the way. It keeps its own transactions, for sends are counted alone;
 * call it outside of any other.
 * @throws AppError 429 `rate_limited`, `sms_limited`, 422 `phone_not_allowed`; at sign-in these become `sent:false`.
 */
export const openChallenge = async (deps: Deps, opening: Opening): Promise<Challenge> => {
  const { accountId, userId, method } = opening
  const destination = opening.destination ?? (await findDestination(deps, accountId, userId, method))
  const permit = await permitFor(deps, opening, destination)
  return inAccount(deps.db, accountId, (trx) =>
    writeChallenge(trx, deps, opening, { carried: null, destination, permit }),
  )
}
