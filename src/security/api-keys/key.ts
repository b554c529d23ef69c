import {
  effectiveEntitlements,
  entitledNumber,
  findAccount,
  listEntitlementOverrides,
} from '../../accounts/index.ts'
import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { BodyOf, QueryOf } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, notFound, unprocessable } from '../../http/errors.ts'
import { pageById } from '../../http/id-page.ts'
import { isKeyScope, type PermissionKey } from '../../http/permissions/contract.ts'
import { addMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { circumstances, notify, notifyAdministrators } from '../../system-stream/index.ts'
import { entryRules, readEntryList } from '../network/index.ts'
import { lockAccount } from '../queries.ts'
import { isPermissionKey } from '../roles/effective.ts'
import { checkGrantable } from '../roles/escalation.ts'
import { findRights } from '../roles/grants.ts'
import { rightsOfActor } from '../roles/role.ts'
import type { ApiKey, changeApiKey, createApiKey, listApiKeys } from './contract.ts'
import { hashKey, makeKeyText, makePublicId, prefixOf } from './key-text.ts'
import { keyEndsAt, keyLifeMs, oldSecretLifeMs, statusOf } from './life.ts'
import { countLiveKeys, findKey, insertKey, type KeyRow, listKeyRows, lockKey, updateKey } from './queries.ts'

export type KeyWork = { readonly deps: Deps; readonly actor: Actor; readonly now: Date }

const toKey = (row: KeyRow, now: Date): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: prefixOf(row.mode as ApiKey['mode'], row.public_id),
  mode: row.mode as ApiKey['mode'],
  scopes: row.scopes,
  cidrs: row.cidrs,
  rate_limit: row.rate_limit,
  require_idempotency: row.require_idempotency,
  created_by: { id: row.created_by, name: row.maker },
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at.toISOString(),
  last_used_at: row.last_used_at?.toISOString() ?? null,
  last_address: row.last_address,
  status: statusOf(row, now),
  old_secret_until: statusOf(row, now) === 'rotating' ? (row.old_secret_until?.toISOString() ?? null) : null,
  suspended_from: keyEndsAt(row)?.toISOString() ?? null,
})

export const listKeys = (work: KeyWork, query: QueryOf<typeof listApiKeys>) =>
  inAccount(work.deps.db, work.actor.accountId, (trx) =>
    pageById(
      query,
      'api-keys',
      work.now,
      (after, limit) => listKeyRows(trx, work.actor.accountId, after, limit),
      (row) => toKey(row, work.now),
    ),
  )

const getKey = async (trx: Trx, work: KeyWork, id: string): Promise<ApiKey> => {
  const row = await findKey(trx, work.actor.accountId, id)
  if (!row) throw notFound()
  return toKey(row, work.now)
}

/** A key holds at most what its maker holds, and never what only people in the panel may do (security.md §4.7). */
const checkScopes = (scopes: readonly string[], actor: Actor): void => {
  const unknown = scopes.filter((scope) => !isPermissionKey(scope))
  if (unknown.length > 0) throw unprocessable('unknown_permission', '', { permissions: unknown })
  const beyond = (scopes as PermissionKey[]).filter(
    (scope) => !actor.permissions.has(scope) || !isKeyScope(scope),
  )
  if (beyond.length > 0) throw unprocessable('scope_exceeds', '', { scopes: beyond })
}

const expiryOf = (given: string | undefined, now: Date): Date => {
  if (given === undefined) return addMs(now, keyLifeMs)
  const at = new Date(given)
  if (Number.isNaN(at.getTime()) || at <= now) throw unprocessable('expiry_invalid')
  return at
}

/** The own list of a key is as strict as the account's; kept in the one spelling. */
const readCidrs = (deps: Deps, given: readonly string[]): string[] =>
  readEntryList(given, entryRules(deps.config), '/cidrs').map((entry) => entry.canonical)

/** Counted under the account's row lock, so that two makers cannot pass the limit together. */
const checkPlace = async (trx: Trx, accountId: string): Promise<void> => {
  await lockAccount(trx, accountId)
  const account = await findAccount(trx, accountId)
  if (account?.status === 'pending') throw new AppError('account_pending', 403)
  const limit = entitledNumber(
    effectiveEntitlements(await listEntitlementOverrides(trx, accountId)),
    'limit.api_keys',
  )
  const used = await countLiveKeys(trx, accountId)
  if (used >= limit)
    throw new AppError('limit_reached', 403, '', { limit_key: 'limit.api_keys', limit, used })
}

const tell = async (trx: Trx, { deps, actor }: KeyWork, prefix: string): Promise<void> => {
  const values = { ...circumstances(deps, actor.where), prefix }
  const { accountId, userId } = actor
  await notify(trx, deps, { accountId, userId, kind: 'api_key_created', values })
  await notifyAdministrators(trx, deps, { accountId, exceptUserId: userId, kind: 'api_key_created', values })
}

export const addKey = (work: KeyWork, given: BodyOf<typeof createApiKey>) => {
  const { deps, actor, now } = work
  checkScopes(given.scopes, actor)
  const cidrs = readCidrs(deps, given.cidrs ?? [])
  const expiresAt = expiryOf(given.expires_at, now)
  const [id, publicId, mode] = [uuidV7(now), makePublicId(), given.mode ?? 'live']
  const secret = makeKeyText(mode, publicId)
  return inAccount(deps.db, actor.accountId, async (trx) => {
    await checkPlace(trx, actor.accountId)
    await insertKey(trx, actor.accountId, {
      id,
      publicId,
      mode,
      name: given.name,
      scopes: given.scopes.toSorted(),
      cidrs,
      rateLimit: given.rate_limit ?? null,
      requireIdempotency: given.require_idempotency ?? false,
      secretHash: hashKey(secret),
      createdBy: actor.userId,
      expiresAt,
    })
    const key = await getKey(trx, work, id)
    await tell(trx, work, key.prefix)
    const { name, prefix, scopes, expires_at } = key
    await record(trx, deps, byActor(actor), {
      action: 'api_key.created',
      object: { type: 'api_key', id },
      diff: { before: null, after: { name, prefix, scopes, cidrs, expires_at } },
    })
    return { ...key, secret }
  })
}

const lock = async (trx: Trx, work: KeyWork, id: string) => {
  const row = await lockKey(trx, work.actor.accountId, id)
  if (!row || row.revoked_at !== null) throw notFound()
  return row
}

/**
 * A new secret of somebody else's key is that key in one's own hand, and other networks bring it into other hands: nobody
 * gets more by it than he holds (security.md §4.4).
 */
const checkWithin = async (trx: Trx, actor: Actor, key: { created_by: string; scopes: string[] }) => {
  if (key.created_by === actor.userId) return
  const maker = await findRights(trx, actor.accountId, key.created_by)
  checkGrantable(await rightsOfActor(trx, actor), key.scopes.filter(isPermissionKey), maker?.scopes)
}

export const editKey = (work: KeyWork, id: string, given: BodyOf<typeof changeApiKey>) => {
  const { deps, actor } = work
  const cidrs = given.cidrs ? readCidrs(deps, given.cidrs) : undefined
  return inAccount(deps.db, actor.accountId, async (trx) => {
    const before = await lock(trx, work, id)
    if (cidrs) await checkWithin(trx, actor, before)
    const change = { ...(given.name === undefined ? {} : { name: given.name }), ...(cidrs ? { cidrs } : {}) }
    await updateKey(trx, actor.accountId, id, change)
    const key = await getKey(trx, work, id)
    await record(trx, deps, byActor(actor), {
      action: 'api_key.changed',
      object: { type: 'api_key', id },
      diff: {
        before: { name: before.name, cidrs: before.cidrs },
        after: { name: key.name, cidrs: key.cidrs },
      },
    })
    return key
  })
}

/**
 * The former secret works for 24 hours more, so that programs can be changed over one by one.
 * @throws AppError 404, 403 `escalation_refused`, 409 `not_active`.
 */
export const rotateKey = (work: KeyWork, id: string) => {
  const { deps, actor, now } = work
  return inAccount(deps.db, actor.accountId, async (trx) => {
    const before = await lock(trx, work, id)
    if (before.expires_at <= now) throw conflict('not_active')
    await checkWithin(trx, actor, before)
    const secret = makeKeyText(before.mode as ApiKey['mode'], before.public_id)
    await updateKey(trx, actor.accountId, id, {
      secret_hash: hashKey(secret),
      old_secret_hash: before.secret_hash,
      old_secret_until: addMs(now, oldSecretLifeMs),
    })
    const key = await getKey(trx, work, id)
    await record(trx, deps, byActor(actor), { action: 'api_key.rotated', object: { type: 'api_key', id } })
    return { ...key, secret }
  })
}

export const revokeKey = (work: KeyWork, id: string) => {
  const { deps, actor, now } = work
  return inAccount(deps.db, actor.accountId, async (trx) => {
    await lock(trx, work, id)
    await updateKey(trx, actor.accountId, id, { revoked_at: now })
    await record(trx, deps, byActor(actor), { action: 'api_key.revoked', object: { type: 'api_key', id } })
    return null
  })
}
