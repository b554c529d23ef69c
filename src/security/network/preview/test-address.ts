import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { BodyOf, ReplyOf } from '../../../http/contract.ts'
import type { Deps } from '../../../http/deps.ts'
import { notFound, unprocessable } from '../../../http/errors.ts'
import { numberOf } from '../../../lib/addresses/bytes.ts'
import { holds } from '../../../lib/addresses/range-set.ts'
import type { testIpAddress } from '../contract.ts'
import { entryRules, readEntry, readEntryList } from '../entry.ts'
import { judgeRules } from '../list-judgement.ts'
import { loadEntries, type StoredEntry } from '../lists/queries.ts'
import { loadRules } from '../lists/rollback.ts'
import { readSettled } from '../lists/settled.ts'
import { isLive, type Rules, type Scope } from '../rules.ts'
import { toJudgement } from '../verdict.ts'
import { hasException, listPeople, listUsedKeys, type Person } from './queries.ts'

type Ground = {
  readonly rules: Rules
  readonly personal: readonly StoredEntry[]
  readonly now: Date
}
type Whom = {
  readonly userId: string | null
  readonly roleIds: readonly string[]
  readonly exception?: boolean
}

const judge = ({ rules, personal, now }: Ground, scope: Scope, whom: Whom, value: bigint | null) => {
  const found = judgeRules(rules, { scope, now, role_ids: whom.roleIds }, value)
  const own = personal.find(
    (entry) =>
      scope === 'panel' &&
      entry.targetUserId === whom.userId &&
      entry.scopes.includes(scope) &&
      value !== null &&
      isLive(entry, now) &&
      holds([entry], value),
  )
  return toJudgement(
    { ...found, personal_id: own?.id ?? null, exception: whom.exception === true },
    'deny',
    value,
  )
}

/** A list to judge instead of the present one; role lists and personal entries stay as they are. */
const withProposed = (
  rules: Rules,
  proposed: readonly string[] | undefined,
  scope: Scope,
  deps: Deps,
  now: Date,
): Rules => {
  if (!proposed) return rules
  const entries = readEntryList(proposed, entryRules(deps.config), '/proposed')
  return {
    ...rules,
    entries: entries.map((entry, index) => ({
      ...entry,
      id: String(index),
      scopes: [scope],
      label: null,
      expiresAt: null,
      createdBy: null,
      createdAt: now,
    })),
  }
}

const peopleOutside = (ground: Ground, people: readonly Person[]) =>
  people.flatMap(({ id, name, last_address, role_ids }) => {
    const value = numberOf(last_address)
    if (value === null) return []
    const { allowed } = judge(ground, 'panel', { userId: id, roleIds: role_ids }, value)
    return allowed ? [] : [{ user_id: id, name, last_address }]
  })

const keysOutside = async (trx: Trx, accountId: string, ground: Ground) => {
  const keys = await listUsedKeys(trx, accountId)
  return keys.flatMap(({ id, name, last_address }) => {
    const judged = judge(ground, 'api', { userId: null, roleIds: [] }, numberOf(last_address))
    return judged.allowed ? [] : [{ id, name }]
  })
}

const readTested = (text: string): string => {
  const entry = readEntry(text, { allowPrivate: true, allowLoopback: true })
  if (entry.lo !== entry.hi) throw unprocessable('bad_address')
  return entry.canonical
}

const whomOf = async (
  trx: Trx,
  accountId: string,
  people: readonly Person[],
  given: { readonly userId: string | undefined; readonly address: string },
): Promise<Whom> => {
  if (given.userId === undefined) return { userId: null, roleIds: [] }
  const person = people.find((one) => one.id === given.userId)
  if (!person) throw notFound()
  const exception = await hasException(trx, accountId, person.id, given.address)
  return { userId: person.id, roleIds: person.role_ids, exception }
}

/** Judges the list as it would act when enforced, so that people see the effect before it happens. */
export const testAddress = (
  deps: Deps,
  actor: Actor,
  body: BodyOf<typeof testIpAddress>,
): Promise<ReplyOf<typeof testIpAddress>> => {
  const address = readTested(body.address)
  const scope = body.scope ?? 'panel'
  const now = deps.clock.now()
  return inAccount(deps.db, actor.accountId, async (trx) => {
    const policy = await readSettled(trx, deps, actor.accountId)
    const present = await loadRules(trx, actor.accountId, policy.state)
    const rules = withProposed(present, body.proposed, scope, deps, now)
    const personal = (await loadEntries(trx, actor.accountId)).filter((entry) => entry.targetUserId !== null)
    const people = await listPeople(trx, actor.accountId)
    const ground: Ground = { rules, personal, now }
    const whom = await whomOf(trx, actor.accountId, people, { userId: body.user_id, address })
    const judged = judge(ground, scope, whom, numberOf(address))
    const ofPresent = (wanted: Scope): boolean => !body.proposed || scope === wanted
    return {
      address,
      allowed: judged.allowed,
      reason: judged.reason === 'unresolved' ? 'no_match' : judged.reason,
      entry_id: body.proposed && judged.reason === 'entry' ? null : judged.entryId,
      would_cut_off: ofPresent('panel') ? peopleOutside(ground, people) : [],
      keys_cut_off: ofPresent('api') ? await keysOutside(trx, actor.accountId, ground) : [],
    }
  })
}
