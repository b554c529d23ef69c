import type { Actor, Where } from '../http/actor.ts'
import type { AuditAction, AuditChannel } from '../http/audit-actions/contract.ts'
import type { actorTypes } from './contract.ts'

/** Who acted, in whose log it stands, and from where. */
export type AuditBy = {
  readonly accountId: string
  readonly type: (typeof actorTypes)[number]
  /** The person, key or member of staff; of a visitor the person he says he is, when that one exists. */
  readonly id: string | null
  readonly onBehalfOf: string | null
  readonly name: string | null
  /** As typed by a visitor; of users it is looked up. */
  readonly login: string | null
  /** Null for work the program does by itself. */
  readonly where: Where | null
}

export type Difference = {
  readonly before?: Readonly<Record<string, unknown>> | null
  readonly after?: Readonly<Record<string, unknown>> | null
}

export type AuditEntry = {
  readonly action: AuditAction
  readonly object?: { readonly type: string; readonly id: string | null }
  /** For the actions that campaigns, templates and messages of all channels share; e-mail unless stated. */
  readonly channel?: AuditChannel
  readonly result?: 'ok' | 'denied' | 'error'
  readonly reason?: string | null
  /**
   * What changed, only the fields that did. Secrets are masked by their names here once more; contacts appear by id
   * only; names, logins and addresses of users are kept apart and can be erased.
   */
  readonly diff?: Difference
  /** The other account involved, as on both sides of a sub-account switch. */
  readonly actingAccountId?: string
}

/** Staff inside a customer's account act in their own name, on behalf of the person they impersonate. */
export const byActor = (actor: Actor): AuditBy => {
  const { accountId, where, name } = actor
  if (actor.impersonation) {
    const { staffId, staffName } = actor.impersonation
    return {
      accountId,
      type: 'support',
      id: staffId,
      onBehalfOf: actor.userId,
      name: staffName,
      login: null,
      where,
    }
  }
  return actor.kind === 'api_key'
    ? { accountId, type: 'api_key', id: actor.sessionId, onBehalfOf: actor.userId, name, login: null, where }
    : { accountId, type: 'user', id: actor.userId, onBehalfOf: null, name, login: null, where }
}

/** Sweeps, expiries, background work nobody started. */
export const bySystem = (accountId: string): AuditBy => ({
  accountId,
  type: 'system',
  id: null,
  onBehalfOf: null,
  name: null,
  login: null,
  where: null,
})

/** Somebody who has not (yet) signed in: refused sign-ins, resets, links. */
export const byVisitor = (
  accountId: string,
  where: Where,
  who: {
    readonly userId?: string | null
    readonly name?: string | null
    readonly login?: string | null
  } = {},
): AuditBy => ({
  accountId,
  type: 'visitor',
  id: who.userId ?? null,
  onBehalfOf: null,
  name: who.name ?? null,
  login: who.login ?? null,
  where,
})

/** A person at the moment of signing in, when no session exists yet. */
export const byUser = (
  accountId: string,
  where: Where,
  who: { readonly userId: string; readonly name: string | null },
): AuditBy => ({ ...byVisitor(accountId, where, who), type: 'user' })

/** The fields that differ, before and after, for `diff`; arrays and objects are compared by their content. */
export const difference = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Difference => {
  const changed = Object.keys(after).filter(
    (name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
  )
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(changed.map((name) => [name, from[name] ?? null]))
  return { before: pick(before), after: pick(after) }
}
