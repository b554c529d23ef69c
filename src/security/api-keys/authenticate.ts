import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { effectiveEntitlements } from '../../accounts/index.ts'
import { byActor, record } from '../../audit/index.ts'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { isKeyScope, permissionKeys } from '../../http/permissions/contract.ts'
import { judgeKeyAddress } from '../network/index.ts'
import { readCookie } from '../sessions/cookies.ts'
import { effectiveOf } from './freeze.ts'
import { hashKey, looksLikeKey, parseKeyText } from './key-text.ts'
import { keyEndsAt } from './life.ts'
import { findKeyPlace, findPresentedKey, noteKeyUse, type PresentedKey } from './queries.ts'
import { spendKeyRate } from './rate.ts'

const refused = (code = 'invalid_api_key'): AppError =>
  new AppError(code, 401, '', {}, { 'www-authenticate': 'Bearer' })

/** Somebody who sends an `Authorization` header wants to be judged by it alone. */
export const carriesKey = (request: FastifyRequest): boolean => request.headers.authorization !== undefined

/**
 * A key in an address ends up in logs and histories, so it is refused before it is even looked at.
 * @throws AppError 400 `key_in_query`.
 */
export const refuseKeyInQuery = (request: FastifyRequest): void => {
  const query = request.url.split('?')[1]
  if (query && looksLikeKey(decodeURIComponentSafely(query))) throw new AppError('key_in_query', 400)
}

const decodeURIComponentSafely = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const fits = (stored: Buffer | null, given: Buffer): boolean =>
  stored !== null && stored.length === given.length && timingSafeEqual(stored, given)

const isSecretOf = (key: PresentedKey, given: Buffer, now: Date): boolean => {
  const present = fits(key.secret_hash, given)
  const former = fits(key.old_secret_hash, given)
  return present || (former && key.old_secret_until !== null && key.old_secret_until > now)
}

const nowhere = { account_id: instanceAccountId, key_id: '00000000-0000-7000-8000-000000000000' }

/** Unknown and revoked keys cost the same two look-ups and get the same answer. */
const findKey = async (deps: Deps, header: string) => {
  const text = /^bearer +(\S+)$/i.exec(header)?.[1] ?? ''
  const parsed = parseKeyText(text)
  if (!parsed) throw refused()
  const place = (await findKeyPlace(deps.db, parsed.publicId)) ?? nowhere
  const key = await inAccount(deps.db, place.account_id, (trx) =>
    findPresentedKey(trx, place.account_id, place.key_id),
  )
  const now = deps.clock.now()
  const right = key !== null && isSecretOf(key, hashKey(parsed.whole), now)
  if (!right || key.revoked_at !== null || key.mode !== parsed.mode) throw refused()
  const end = keyEndsAt(key)
  if (end !== null && end <= now) throw refused()
  if (key.expires_at <= now) throw refused('api_key_expired')
  return { key, accountId: place.account_id }
}

/** Scopes ∩ what the maker may do at this moment; of a deleted maker what he could do at the end (security.md §4.7). */
const permissionsOf = (key: PresentedKey): Actor['permissions'] => {
  const held = key.maker_deleted_at === null ? effectiveOf(key) : new Set<string>(key.scopes)
  const open = permissionKeys.filter((permission) => isKeyScope(permission) && held.has(permission))
  const scopes = new Set(key.scopes)
  return new Set(open.filter((permission) => scopes.has(permission)))
}

const toActor = (key: PresentedKey, accountId: string, request: FastifyRequest): Actor => ({
  kind: 'api_key',
  accountId,
  userId: key.created_by,
  sessionId: key.id,
  name: key.name,
  language: key.language,
  timeZone: key.time_zone,
  staff: false,
  owner: false,
  administrator: false,
  permissions: permissionsOf(key),
  accountStatus: key.account_status,
  limited: null,
  freshGeneralUntil: null,
  freshFactorsUntil: null,
  impersonation: null,
  exceptionOnly: false,
  entitlements: effectiveEntitlements(key.overrides),
  where: whereOf(request),
})

/** The account's list for the API and the key's own list, both; a refusal is told with the address it came from. */
const judgeAddress = async (deps: Deps, key: PresentedKey, actor: Actor): Promise<void> => {
  const { address } = actor.where
  const verdict = await inAccount(deps.db, actor.accountId, async (trx) => {
    const found = await judgeKeyAddress(trx, {
      accountId: actor.accountId,
      keyId: key.id,
      cidrs: key.cidrs,
      scope: 'api',
      address,
    })
    if (found.allowed) await noteKeyUse(trx, actor.accountId, key.id, address)
    else
      await record(trx, deps, byActor(actor), {
        action: 'access.denied',
        object: { type: 'api_key', id: key.id },
        result: 'denied',
        reason: 'ip',
      })
    return found
  })
  if (!verdict.allowed) throw new AppError('ip_not_authorized', 403)
}

/** What leaves the house by a test key would have to end in the simulator; what cannot be told to is refused. */
const checkMode = (key: PresentedKey, request: FastifyRequest): void => {
  const { contract } = request.routeOptions.config
  if (key.mode === 'test' && contract?.sends && key.scopes.includes(contract.access))
    throw new AppError('account_test_mode', 403)
}

const checkIdempotency = (key: PresentedKey, request: FastifyRequest): void => {
  if (!key.require_idempotency || request.method !== 'POST') return
  if (request.headers['idempotency-key'] === undefined) throw new AppError('idempotency_key_required', 422)
}

/**
 * Finds who calls by the key in the `Authorization` header; every rule is judged on this very call.
 * @throws AppError 400 `ambiguous_credentials`, 401 `invalid_api_key` or `api_key_expired`, 403 `ip_not_authorized` or
 * `feature_disabled`, 429 `rate_limited`.
 */
export const authenticateKey = async (
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Actor> => {
  if (readCookie(request, deps.config, 'sid') !== null) throw new AppError('ambiguous_credentials', 400)
  const { key, accountId } = await findKey(deps, request.headers.authorization ?? '')
  const actor = toActor(key, accountId, request)
  await judgeAddress(deps, key, actor)
  if (actor.entitlements['api.keys'] !== true)
    throw new AppError('feature_disabled', 403, '', { entitlement: 'api.keys' })
  await spendKeyRate(deps, actor, key.rate_limit, request, reply)
  checkMode(key, request)
  checkIdempotency(key, request)
  return actor
}
