import type { FastifyReply, FastifyRequest } from 'fastify'
import { effectiveEntitlements } from '../../accounts/index.ts'
import type { Config } from '../../config.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { agentFamily, clientAddress, whereOf } from '../../http/client-address.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { isOperatorKey, type PermissionKey, permissionKeys } from '../../http/permissions/contract.ts'
import { addMs, hoursMs, minutesMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { hashToken, makeToken } from '../../lib/tokens.ts'
import type { Session } from '../contract.ts'
import { readCookie, setCookie } from './cookies.ts'
import {
  deleteSession,
  dropOldSessions,
  findSession,
  findSessionPlace,
  insertSession,
  rotateSession,
  type SessionRow,
  touchSession,
} from './queries.ts'

/** Who holds one of these may change what others may do. */
export const administratorKeys: readonly PermissionKey[] = [
  'account.users.manage',
  'account.roles.manage',
  'account.security.manage',
]

const sessionsMax = 10
const touchEveryMs = minutesMs(1)
export const freshMs = minutesMs(5)

type Life = { idleMs: number; absoluteMs: number }

/** The wider a person's reach, the shorter the session (security.md §4.1). */
const lifeOf = (row: SessionRow, config: Config): Life => {
  const [idle, hours] = row.account_kind === 'instance' ? [15, 12] : isOwner(row) ? [30, 12] : [60, 24]
  return {
    idleMs: minutesMs(Math.min(idle, config.sessionIdleMinutes)),
    absoluteMs: hoursMs(Math.min(hours, config.sessionMaxHours)),
  }
}

const isOwner = (row: SessionRow): boolean => row.roles.some((role) => role.built_in === 'owner')

const permissionsOf = (row: SessionRow): ReadonlySet<PermissionKey> => {
  if (row.account_kind === 'instance') return new Set(permissionKeys.filter(isOperatorKey))
  if (isOwner(row)) return new Set(permissionKeys.filter((key) => !isOperatorKey(key)))
  return new Set(permissionKeys.filter((key) => row.role_keys.includes(key)))
}

const isLive = (row: SessionRow, now: Date, config: Config): boolean => {
  const life = lifeOf(row, config)
  const today = now.toISOString().slice(0, 10)
  return (
    row.session_epoch === row.user_epoch &&
    row.user_status === 'active' &&
    row.sign_in_allowed &&
    row.deleted_at === null &&
    (row.valid_until === null || row.valid_until >= today) &&
    addMs(row.last_active_at, life.idleMs) > now &&
    addMs(row.created_at, life.absoluteMs) > now
  )
}

const isAdministrator = (row: SessionRow): boolean => {
  const held = permissionsOf(row)
  return isOwner(row) || administratorKeys.some((key) => held.has(key))
}

const toActor = (row: SessionRow, accountId: string, request: FastifyRequest): Actor => ({
  kind: 'user',
  accountId,
  userId: row.user_id,
  sessionId: row.id,
  name: `${row.first_name} ${row.last_name}`,
  language: row.language,
  timeZone: row.time_zone,
  staff: row.account_kind === 'instance',
  owner: isOwner(row),
  administrator: isAdministrator(row),
  permissions: permissionsOf(row),
  accountStatus: row.account_status,
  limited: row.limited as Actor['limited'],
  freshGeneralUntil: row.fresh_general_until,
  freshFactorsUntil: row.fresh_factors_until,
  impersonation: null,
  exceptionOnly: false,
  entitlements: effectiveEntitlements(row.overrides),
  where: { ...whereOf(request), sessionHash: row.token_hash.toString('hex').slice(0, 16), amr: row.amr },
})

const toSession = (row: SessionRow, accountId: string, address: string | null, config: Config): Session => {
  const life = lifeOf(row, config)
  const ends = addMs(row.created_at, life.absoluteMs)
  const idle = addMs(row.last_active_at, life.idleMs)
  return {
    user: {
      id: row.user_id,
      login: row.login,
      email: row.email,
      first_name: row.first_name,
      last_name: row.last_name,
      language: row.language,
    },
    account: {
      id: accountId,
      name: row.account_name,
      kind: row.account_kind === 'instance' ? 'operator' : 'tenant',
    },
    roles: row.roles.map(({ id, name }) => ({ id, name })),
    permissions: [...permissionsOf(row)],
    limited: row.limited as Session['limited'],
    amr: row.amr,
    created_at: row.created_at.toISOString(),
    idle_expires_at: (idle < ends ? idle : ends).toISOString(),
    expires_at: ends.toISOString(),
    fresh: {
      general_until: row.fresh_general_until?.toISOString() ?? null,
      factors_until: row.fresh_factors_until?.toISOString() ?? null,
    },
    impersonation: null,
    current_address: address,
    mfa: { required: false, setting: 'off', entitled: effectiveEntitlements(row.overrides)['mfa'] === true },
  }
}

type Opened = { row: SessionRow; accountId: string }

const open = async (deps: Deps, request: FastifyRequest): Promise<Opened> => {
  const token = readCookie(request, deps.config, 'sid')
  const refused = new AppError('unauthenticated', 401)
  if (!token) throw refused
  const place = await findSessionPlace(deps.db, hashToken(token))
  if (!place) throw refused
  const now = deps.clock.now()
  const background = request.headers['x-campanile-background'] === '1'
  const row = await inAccount(deps.db, place.account_id, async (trx) => {
    const found = await findSession(trx, place.account_id, place.session_id)
    if (!found || !isLive(found, now, deps.config)) return null
    if (!background && addMs(found.last_active_at, touchEveryMs) <= now) {
      await touchSession(trx, place.account_id, found.id, now, clientAddress(request))
      return { ...found, last_active_at: now }
    }
    return found
  })
  if (!row) throw refused
  return { row, accountId: place.account_id }
}

/** Finds who calls by the session cookie; every rule is judged on this very request. */
export const authenticateSession = async (deps: Deps, request: FastifyRequest): Promise<Actor> => {
  const { row, accountId } = await open(deps, request)
  return toActor(row, accountId, request)
}

export const describeSession = async (deps: Deps, request: FastifyRequest): Promise<Session> => {
  const { row, accountId } = await open(deps, request)
  return toSession(row, accountId, clientAddress(request), deps.config)
}

export type SessionOwner = { accountId: string; userId: string; epoch: number }

/** The one gate that makes sessions: every way of signing in ends here, no other code writes a session row. */
export const issueSession = async (
  trx: Trx,
  deps: Deps,
  owner: SessionOwner,
  amr: readonly string[],
  http: { request: FastifyRequest; reply: FastifyReply },
): Promise<Session> => {
  const token = makeToken()
  const now = deps.clock.now()
  const address = clientAddress(http.request)
  const id = uuidV7(now)
  await insertSession(trx, owner.accountId, {
    id,
    tokenHash: hashToken(token),
    userId: owner.userId,
    at: now,
    address,
    amr: [...amr],
    epoch: owner.epoch,
    agent: agentFamily(http.request),
  })
  await dropOldSessions(trx, owner.accountId, owner.userId, sessionsMax)
  const row = await findSession(trx, owner.accountId, id)
  if (!row) throw new Error('the session just made is missing')
  setCookie(http.reply, deps.config, 'sid', token)
  return toSession(row, owner.accountId, address, deps.config)
}

/** Gives the session a new token; the old one is dead with the commit. */
export const renewSession = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  fresh: { general: Date | null; factors: Date | null },
  epoch: number,
  reply: FastifyReply,
): Promise<void> => {
  const token = makeToken()
  await rotateSession(trx, actor.accountId, actor.sessionId, hashToken(token), fresh, epoch)
  setCookie(reply, deps.config, 'sid', token)
}

export const endSession = (deps: Deps, actor: Actor, sessionId: string) =>
  inAccount(deps.db, actor.accountId, (trx) => deleteSession(trx, actor.accountId, sessionId, actor.userId))
