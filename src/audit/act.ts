import type { Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { AuditAction } from '../http/audit-actions/contract.ts'
import type { Deps } from '../http/deps.ts'
import { type AuditBy, type AuditEntry, byActor, bySystem, type Difference, difference } from './entry.ts'
import { record } from './record.ts'

type View = Readonly<Record<string, unknown>>

/** What every change changes, and what is counted rather than chosen. */
const incidental = new Set([
  'id',
  'version',
  'created_at',
  'updated_at',
  'used_in',
  'addressable',
  'member_count',
  'counts',
])
const chosen = (view: View): View =>
  Object.fromEntries(Object.entries(view).filter(([name]) => !incidental.has(name)))

/** The difference of two views of an object: all of it when it came or went, else the fields that changed. */
export const differenceOf = (before: object | null, after: object | null): Difference => {
  if (before && after) return difference(chosen(before as View), chosen(after as View))
  return { before: before && chosen(before as View), after: after && chosen(after as View) }
}

export type Act = {
  readonly action: AuditAction
  readonly type: string
  readonly id: string | null
  /** The object as it was and as it is, as the API shows it; left out where only the act counts. */
  readonly before?: object | null
  readonly after?: object | null
} & Pick<AuditEntry, 'channel' | 'reason' | 'result'>

/** The record of one act of a person on one object, in its transaction; call it last. */
export const recordAct = (trx: Trx, deps: Deps, actor: Actor, act: Act): Promise<void> =>
  recordActOf(trx, deps, byActor(actor), act)

export const recordActOf = (trx: Trx, deps: Deps, by: AuditBy, act: Act): Promise<void> => {
  const { action, type, id, before, after, ...rest } = act
  const compared = before !== undefined || after !== undefined
  return record(trx, deps, by, {
    action,
    object: { type, id },
    ...(compared ? { diff: differenceOf(before ?? null, after ?? null) } : {}),
    ...rest,
  })
}

/** Background work that a person started and nobody watches; the program itself when nobody did. */
export const byStarter = (accountId: string, userId: string | null): AuditBy =>
  userId === null ? bySystem(accountId) : { ...bySystem(accountId), type: 'user', id: userId }
