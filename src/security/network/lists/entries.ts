import type { AuditEntry } from '../../../audit/index.ts'
import { difference } from '../../../audit/index.ts'
import type { Trx } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { BodyOf } from '../../../http/contract.ts'
import type { Deps } from '../../../http/deps.ts'
import { conflict, invalidField, notFound, unprocessable } from '../../../http/errors.ts'
import { uuidV7 } from '../../../lib/ids.ts'
import { parseTimestamp } from '../../../lib/timestamp.ts'
import { findUser } from '../../queries.ts'
import type { addIpEntry, changeIpEntry } from '../contract.ts'
import { entryRules, type ParsedEntry, readEntry, refuseWideUnion } from '../entry.ts'
import { isLive, type Rules, type Scope } from '../rules.ts'
import { changeRules, type Plan, type Unchanged } from './change.ts'
import { entryLimitOf } from './limit.ts'
import { deleteEntry, insertEntry, loadEntries, type StoredEntry, updateEntry } from './queries.ts'

/** @throws AppError 422 `expiry_invalid` for an end that is not in the future. */
export const readExpiry = (
  text: string | null | undefined,
  now: Date,
  pointer = '/expires_at',
): Date | null => {
  if (text === null || text === undefined) return null
  const at = parseTimestamp(text)
  if (!at) throw invalidField(pointer, 'pattern', 'is not a point in time')
  if (at <= now) throw unprocessable('expiry_invalid', '', { pointer })
  return at
}

const readTarget = async (
  trx: Trx,
  accountId: string,
  target: BodyOf<typeof addIpEntry>['target'],
): Promise<string | null> => {
  if (!target || target.type === 'account') return null
  if (!target.user_id) throw invalidField('/target/user_id', 'required', 'names the user')
  if (!(await findUser(trx, accountId, target.user_id))) throw notFound()
  return target.user_id
}

const sameBytes = (a: StoredEntry, b: StoredEntry): boolean =>
  a.lo === b.lo && a.hi === b.hi && a.targetUserId === b.targetUserId
const sameScopes = (a: readonly Scope[], b: readonly Scope[]): boolean =>
  a.length === b.length && a.every((scope) => b.includes(scope))

const refuseDuplicate = (entry: StoredEntry, stored: readonly StoredEntry[]): void => {
  const twin = stored.find(
    (other) => other.id !== entry.id && sameBytes(other, entry) && sameScopes(other.scopes, entry.scopes),
  )
  if (twin) throw conflict('duplicate', '', { entry_id: twin.id })
}

/** Everything that would act on the same people must stay below a quarter of IPv4 together. */
const guardUnion = (entry: StoredEntry, stored: readonly StoredEntry[]): void =>
  refuseWideUnion([
    entry,
    ...stored.filter(
      (other) =>
        other.id !== entry.id && (other.targetUserId === null || other.targetUserId === entry.targetUserId),
    ),
  ])

/** A live entry that already says all the new one would say, for at least as long. */
const covering = (entry: StoredEntry, stored: readonly StoredEntry[], now: Date): StoredEntry | undefined =>
  stored.find(
    (other) =>
      other.targetUserId === entry.targetUserId &&
      isLive(other, now) &&
      other.lo <= entry.lo &&
      other.hi >= entry.hi &&
      entry.scopes.every((scope) => other.scopes.includes(scope)) &&
      (other.expiresAt === null || (entry.expiresAt !== null && other.expiresAt >= entry.expiresAt)),
  )

const toStored = (
  parsed: ParsedEntry,
  further: Pick<
    StoredEntry,
    'id' | 'label' | 'scopes' | 'expiresAt' | 'createdBy' | 'createdAt' | 'targetUserId'
  >,
): StoredEntry => {
  const { lo, hi, family, kind, input, canonical } = parsed
  return { ...further, lo, hi, family, kind, input, canonical }
}

const withEntry = (rules: Rules, entry: StoredEntry): Rules =>
  entry.targetUserId === null ? { ...rules, entries: [...rules.entries, entry] } : rules
const withoutEntry = (rules: Rules, id: string): Rules => ({
  ...rules,
  entries: rules.entries.filter((entry) => entry.id !== id),
})
const exchanged = (rules: Rules, entry: StoredEntry): Rules =>
  rules.entries.some(({ id }) => id === entry.id)
    ? { ...rules, entries: rules.entries.map((one) => (one.id === entry.id ? entry : one)) }
    : withEntry(rules, entry)

const logged = (entry: StoredEntry) => ({
  address: entry.canonical,
  label: entry.label,
  scopes: entry.scopes,
  target: entry.targetUserId,
  expires_at: entry.expiresAt?.toISOString() ?? null,
})

const logOf = (action: AuditEntry['action'], id: string, diff: AuditEntry['diff']): AuditEntry => ({
  action,
  object: { type: 'ip_entry', id },
  ...(diff ? { diff } : {}),
})

const mention = (entry: StoredEntry, side: 'added' | 'removed') => {
  const own = entry.targetUserId === null ? [] : [entry.canonical]
  return { added: side === 'added' ? own : [], removed: side === 'removed' ? own : [] }
}

export type Added =
  | { readonly stored: StoredEntry; readonly parsed: ParsedEntry }
  | { readonly coveredBy: string }

const planAddition = async (
  trx: Trx,
  rules: Rules,
  given: { actor: Actor; entry: StoredEntry; parsed: ParsedEntry; activate: boolean; now: Date },
): Promise<Plan<Added> | Unchanged<Added>> => {
  const { actor, entry, parsed, activate, now } = given
  const stored = await loadEntries(trx, actor.accountId)
  refuseDuplicate(entry, stored)
  const covered = covering(entry, stored, now)
  if (covered) return { unchanged: { coveredBy: covered.id } }
  const limit = entryLimitOf(actor)
  if (stored.length >= limit) throw unprocessable('limit', '', { limit, used: stored.length })
  guardUnion(entry, stored)
  const applies = activate && rules.state === 'off' && entry.targetUserId === null
  return {
    after: { ...withEntry(rules, entry), ...(applies ? { state: 'enforce' as const } : {}) },
    onPrevious: (previous) => [withEntry(previous, entry)],
    mention: mention(entry, 'added'),
    write: (inner) => insertEntry(inner, actor.accountId, entry),
    log: logOf('ip.entry_added', entry.id, { after: logged(entry) }),
    result: { stored: entry, parsed },
  }
}

export const addEntry = (
  deps: Deps,
  actor: Actor,
  body: BodyOf<typeof addIpEntry>,
  ifMatch: number | null,
) => {
  const parsed = readEntry(body.address, entryRules(deps.config))
  return changeRules<Added>(
    deps,
    actor,
    { ifMatch, confirm: undefined, typed: true },
    async (trx, rules, now) => {
      const entry = toStored(parsed, {
        id: uuidV7(now),
        label: body.label || null,
        scopes: body.scopes ?? ['panel'],
        targetUserId: await readTarget(trx, actor.accountId, body.target),
        expiresAt: readExpiry(body.expires_at, now),
        createdBy: actor.userId,
        createdAt: now,
      })
      return planAddition(trx, rules, { actor, entry, parsed, activate: body.activate !== false, now })
    },
  )
}

type Changed = { readonly stored: StoredEntry; readonly parsed: ParsedEntry | null }

const merged = (
  before: StoredEntry,
  body: BodyOf<typeof changeIpEntry>,
  parsed: ParsedEntry | null,
  now: Date,
): StoredEntry => {
  const further = {
    ...before,
    label: body.label === undefined ? before.label : body.label || null,
    scopes: body.scopes ?? before.scopes,
    expiresAt: body.expires_at === undefined ? before.expiresAt : readExpiry(body.expires_at, now),
  }
  return parsed ? toStored(parsed, further) : further
}

export const changeEntry = (
  deps: Deps,
  actor: Actor,
  id: string,
  body: BodyOf<typeof changeIpEntry>,
  ifMatch: number | null,
) => {
  const parsed = body.address === undefined ? null : readEntry(body.address, entryRules(deps.config))
  const exists = (trx: Trx) => entryOf(trx, actor.accountId, id)
  const wish = { ifMatch, confirm: body.confirm, typed: true, exists } as const
  return changeRules<Changed>(deps, actor, wish, async (trx, rules, now) => {
    const stored = await loadEntries(trx, actor.accountId)
    const before = await entryOf(trx, actor.accountId, id)
    const entry = merged(before, body, parsed, now)
    refuseDuplicate(entry, stored)
    guardUnion(entry, stored)
    return {
      after: entry.targetUserId === null ? exchanged(rules, entry) : rules,
      onPrevious: (previous) =>
        entry.targetUserId === null
          ? [exchanged(previous, entry), withEntry(previous, { ...entry, id: uuidV7(now) })]
          : [previous],
      write: (inner) => updateEntry(inner, actor.accountId, entry),
      log: logOf('ip.entry_changed', id, difference(logged(before), logged(entry))),
      result: { stored: entry, parsed },
    }
  })
}

export const removeEntry = (
  deps: Deps,
  actor: Actor,
  id: string,
  wish: { readonly ifMatch: number | null; readonly confirm: 'open' | undefined },
) =>
  changeRules<null>(
    deps,
    actor,
    { ...wish, exists: (trx) => entryOf(trx, actor.accountId, id) },
    async (trx, rules) => {
      const entry = await entryOf(trx, actor.accountId, id)
      return {
        after: entry.targetUserId === null ? withoutEntry(rules, id) : rules,
        onPrevious: (previous) => [withoutEntry(previous, id)],
        mention: mention(entry, 'removed'),
        write: (inner) => deleteEntry(inner, actor.accountId, id),
        log: logOf('ip.entry_deleted', id, { before: logged(entry) }),
        result: null,
      }
    },
  )

/** @throws AppError 404 for what is not in this account. */
export const entryOf = async (trx: Trx, accountId: string, id: string): Promise<StoredEntry> => {
  const found = (await loadEntries(trx, accountId)).find((entry) => entry.id === id)
  if (!found) throw notFound()
  return found
}
