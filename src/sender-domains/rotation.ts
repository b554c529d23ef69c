import { accountKeys } from '../accounts/index.ts'
import { type AuditBy, byActor, bySystem, recordActOf } from '../audit/index.ts'
import type { DkimAlgorithm } from '../content/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { unprocessable } from '../http/errors.ts'
import { addMs, hoursMs } from '../lib/clock.ts'
import type { SenderDomain } from './contract.ts'
import { getDomain, getLocked, present } from './domain.ts'
import { makeKey, type NewKey } from './keys.ts'
import { type DomainRow, findDomainRow } from './queries.ts'
import { type KeyRow, listKeys, listRecords, putKey, setKeyActive } from './records/queries.ts'
import { syncRecords } from './records/sync.ts'

const rotateAfterMs = hoursMs(180 * 24)

type Pair = { readonly algorithm: DkimAlgorithm; readonly active: KeyRow; readonly waiting: KeyRow }

const pairsOf = (keys: readonly KeyRow[]): Pair[] =>
  keys
    .filter(({ active }) => active)
    .flatMap((active) => {
      const waiting = keys.find((key) => !key.active && key.algorithm === active.algorithm)
      return waiting ? [{ algorithm: active.algorithm, active, waiting }] : []
    })

/** Receivers must find the next key before the first message is signed with it. */
const requirePublished = async (trx: Trx, row: DomainRow, pairs: readonly Pair[]): Promise<void> => {
  const records = await listRecords(trx, row.account_id, row.id)
  const missing = pairs.find(
    ({ waiting }) =>
      !records.some(
        ({ kind, selector, state, retired_until }) =>
          kind === 'dkim' && selector === waiting.selector && state === 'valid' && retired_until === null,
      ),
  )
  if (missing || pairs.length === 0) {
    throw unprocessable(
      'sender_domain_not_authorized',
      `Publish the record of the selector ${missing?.waiting.selector ?? ''} first: the next key is not found in the zone.`,
    )
  }
}

const turn = async (
  trx: Trx,
  deps: Deps,
  row: DomainRow,
  { active, waiting }: Pair,
  fresh: NewKey,
): Promise<void> => {
  const { account_id: accountId, id } = row
  await setKeyActive(trx, accountId, id, active.selector, null)
  await setKeyActive(trx, accountId, id, waiting.selector, deps.clock.now())
  await putKey(trx, accountId, id, { ...fresh, active: false, activeFrom: null })
}

const makeFresh = async (deps: Deps, accountId: string, id: string): Promise<Map<string, NewKey>> => {
  const { keys, pairs } = await inAccount(deps.db, accountId, async (trx) => {
    await getDomain(trx, accountId, id)
    return {
      keys: await accountKeys(trx, deps.keys, accountId),
      pairs: pairsOf(await listKeys(trx, accountId, id)),
    }
  })
  const made = await Promise.all(
    pairs.map(({ active, algorithm }) => makeKey(keys, id, active.selector, algorithm)),
  )
  return new Map(made.map((key) => [key.selector, key]))
}

const rotate = async (deps: Deps, accountId: string, id: string, by: AuditBy): Promise<SenderDomain> => {
  const fresh = await makeFresh(deps, accountId, id)
  return inAccount(deps.db, accountId, async (trx) => {
    const row = await getLocked(trx, accountId, id)
    const pairs = pairsOf(await listKeys(trx, accountId, id))
    await requirePublished(trx, row, pairs)
    for (const pair of pairs) {
      const key = fresh.get(pair.active.selector)
      if (key) await turn(trx, deps, row, pair, key)
    }
    const rotated = await present(trx, deps, await syncRecords(trx, deps, row))
    await recordActOf(trx, deps, by, {
      action: 'dkim_key.rotated',
      type: 'sender_domain',
      id,
      before: { selectors: pairs.map(({ active }) => active.selector) },
      after: { selectors: pairs.map(({ waiting }) => waiting.selector) },
    })
    return rotated
  })
}

/**
 * Signs with the other key from now on; the former selector gets a new key for the next time.
 * @throws AppError 422 `sender_domain_not_authorized` while the other key is not published
 */
export const rotateKeys = (deps: Deps, actor: Actor, id: string): Promise<SenderDomain> =>
  rotate(deps, actor.accountId, id, byActor(actor))

/** In delegated mode nobody has to publish anything, so keys change by themselves every 180 days. */
export const rotateDue = async (deps: Deps, accountId: string, id: string): Promise<void> => {
  const isDue = await inAccount(deps.db, accountId, async (trx) => {
    const row = await findDomainRow(trx, accountId, id)
    if (row?.mode !== 'delegated' || row.state !== 'authorized') return false
    const keys = (await listKeys(trx, accountId, id)).filter(({ active }) => active)
    return keys.some(
      ({ active_from }) => active_from !== null && addMs(active_from, rotateAfterMs) <= deps.clock.now(),
    )
  })
  if (!isDue) return
  await rotate(deps, accountId, id, bySystem(accountId)).catch((error: unknown) =>
    deps.log.warn({ part: 'sender-domains', domain: id, error }, 'the DKIM key could not be rotated'),
  )
}
