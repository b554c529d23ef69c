import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs } from '../../lib/clock.ts'
import { factorAt, fullAt } from '../shaping/back-off.ts'
import { slotMs } from '../shaping/figures.ts'
import { listSiteRules } from '../shaping/queries.ts'
import { hourlyOf, ratesOf, type SiteLimits, shapeOf } from '../shaping/rules.ts'
import { wellKnownSite } from '../shaping/well-known.ts'
import type { Receiver } from './contract.ts'
import {
  type Answers,
  countQueue,
  countWaiting,
  hasShapedProvider,
  listSiteWords,
  listSlots,
  type SiteWord,
  sumAnswers,
} from './queries.ts'

const limitUsual = 50
const sitesReadMax = 1_000
const nothing: Answers = { accepted: 0, deferred: 0, slowed: 0, refused: 0, blocked: 0 }

type Asked = { readonly hours?: string; readonly provider_id?: string; readonly limit?: number }
type Draft = Answers & {
  site: string
  recent: number
  queued: number
  retrying: number
  next_try_at: Date | null
}

const addTo = (drafts: Map<string, Draft>, site: string): Draft => {
  const known = drafts.get(site) ?? { ...nothing, site, recent: 0, queued: 0, retrying: 0, next_try_at: null }
  drafts.set(site, known)
  return known
}

const shapingOf = (
  rules: ReadonlyMap<string, SiteLimits>,
  site: string,
  word: SiteWord | undefined,
  now: Date,
): Receiver['shaping'] => {
  const { limits, ruleSite } = shapeOf(rules, site, site)
  const slowed = { factor: word?.factor ?? 1, slowedAt: word?.slowed_at ?? null }
  const factor = factorAt(slowed, now)
  return {
    rule_site: ruleSite,
    per_minute: limits.per_minute,
    per_hour: limits.per_hour,
    allowed_per_hour: hourlyOf(ratesOf(limits, factor)),
    connections: limits.connections,
    messages_per_connection: limits.messages_per_connection,
    factor_percent: Math.round(factor * 100),
    slowed_at: factor < 1 ? (slowed.slowedAt?.toISOString() ?? null) : null,
    full_at: fullAt(slowed, now)?.toISOString() ?? null,
  }
}

/** Slowed first, then the fullest queue, then whoever put most off, then the largest. */
const byUrgency = (a: Receiver, b: Receiver): number =>
  (a.shaping?.factor_percent ?? 100) - (b.shaping?.factor_percent ?? 100) ||
  b.queued - a.queued ||
  b.deferred + b.slowed - (a.deferred + a.slowed) ||
  b.accepted - a.accepted ||
  (a.site < b.site ? -1 : 1)

const toReason = (word: SiteWord | undefined): Receiver['reason'] =>
  word?.deferred_at && word.code !== null
    ? { code: word.code, text: word.text ?? '', at: word.deferred_at.toISOString() }
    : null

const readDrafts = async (
  trx: Trx,
  accountId: string,
  given: { hours: number; providerId: string | null; recentFrom: Date },
): Promise<Map<string, Draft>> => {
  const drafts = new Map<string, Draft>()
  for (const { site, ...answers } of await sumAnswers(trx, accountId, given))
    Object.assign(addTo(drafts, site), answers)
  for (const row of await countQueue(trx, accountId, sitesReadMax)) {
    const draft = addTo(drafts, wellKnownSite(row.site))
    draft.queued += row.queued
    draft.retrying += row.retrying
    if (row.next_try_at && (draft.next_try_at === null || row.next_try_at < draft.next_try_at))
      draft.next_try_at = row.next_try_at
  }
  return drafts
}

const totalOf = (drafts: Iterable<Draft>): Answers => {
  const total = { ...nothing }
  for (const draft of drafts)
    for (const key of ['accepted', 'deferred', 'slowed', 'refused', 'blocked'] as const)
      total[key] += draft[key]
  return total
}

/** How receivers take our mail; what waits for them, why, and at which rate it goes. */
export const listReceivers = (deps: Deps, actor: Actor, asked: Asked) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    const now = deps.clock.now()
    const providerId = asked.provider_id ?? null
    const slot = new Date(Math.floor(now.getTime() / slotMs) * slotMs)
    const recentFrom = addMs(slot, -slotMs)
    const drafts = await readDrafts(trx, accountId, {
      hours: Number(asked.hours ?? 24),
      providerId,
      recentFrom,
    })
    const words = new Map<string, SiteWord>()
    for (const word of await listSiteWords(trx, accountId, providerId, sitesReadMax)) {
      const known = words.get(word.site)
      if (!known || (word.slowed_at ?? 0) > (known.slowed_at ?? 0)) words.set(word.site, word)
    }
    const shaped = await hasShapedProvider(trx, accountId, providerId)
    const rules = new Map((await listSiteRules(trx, accountId)).map((rule) => [rule.site, rule]))
    const hoursPassed = (now.getTime() - recentFrom.getTime()) / 3_600_000
    const all = [...drafts.values()].map(
      ({ recent, next_try_at, ...draft }): Receiver => ({
        ...draft,
        next_try_at: next_try_at?.toISOString() ?? null,
        reason: toReason(words.get(draft.site)),
        rate_per_hour: Math.round(recent / hoursPassed),
        shaping: shaped ? shapingOf(rules, draft.site, words.get(draft.site), now) : null,
      }),
    )
    const data = all.toSorted(byUrgency).slice(0, asked.limit ?? limitUsual)
    return {
      as_of: now.toISOString(),
      data,
      more: all.length - data.length,
      totals: { ...totalOf(drafts.values()), queued: await countWaiting(trx, accountId) },
    }
  })

/** Slots wide enough for a chart to be read. */
const slotMinutesOf = (hours: number): number => (hours <= 24 ? 10 : hours <= 168 ? 60 : 360)

export const readTimeline = (
  deps: Deps,
  actor: Actor,
  asked: { readonly hours?: string; readonly site?: string; readonly provider_id?: string },
) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const hours = Number(asked.hours ?? 24)
    const slotMinutes = slotMinutesOf(hours)
    const slots = await listSlots(trx, actor.accountId, {
      hours,
      slotMinutes,
      site: asked.site ?? null,
      providerId: asked.provider_id ?? null,
    })
    return {
      slot_minutes: slotMinutes,
      data: slots.map(({ at, ...answers }) => ({ at: at.toISOString(), ...answers })),
    }
  })
