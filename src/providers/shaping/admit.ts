import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { factorAt } from './back-off.ts'
import {
  listSiteRules,
  lockSites,
  type SiteState,
  saveDomainSites,
  saveTaken,
  type Taken,
} from './queries.ts'
import { intervalMs, nextTokenMs, type Rate, takeTokens, tokensOf } from './rate.ts'
import { hourlyOf, type Rates, ratesOf, type Shape, shapeOf } from './rules.ts'
import { sitesOf } from './sites.ts'

export type Row = { readonly recipientKey: string; readonly domain: string | null; readonly lane: number }
export type Later = { readonly key: string; readonly seconds: number; readonly factor: string }
export type Admitted = { readonly now: string[]; readonly later: Later[] }

export type ShapedProvider = { readonly accountId: string; readonly providerId: string }

/** Rows held back come to be asked again at the pace of the site, and not later than this. */
const laterSecondsMax = 600

/** What each domain of a chunk is counted under. */
export type Shapes = ReadonlyMap<string, Shape>

export const shapesFor = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  domains: readonly string[],
): Promise<Shapes> => {
  const sites = await sitesOf(deps, domains)
  await saveDomainSites(
    trx,
    accountId,
    [...sites].map(([domain, site]) => ({ domain, site })),
  )
  const rules = new Map((await listSiteRules(trx, accountId)).map((rule) => [rule.site, rule]))
  return new Map([...sites].map(([domain, site]) => [domain, shapeOf(rules, domain, site)]))
}

const given = ({ minute, hour }: Rates): readonly Rate[] => [minute, hour].filter((rate) => rate !== null)

const factorText = (site: string, factor: number, rates: Rates): string =>
  factor < 1 ? `receiver ${site} deferring` : `receiver limit ${hourlyOf(rates)}/h (${site})`

/** The rows of one site that its buckets have room for; the rest spread over the time the buckets need. */
const judgeSite = (
  rows: readonly Row[],
  { limits, site }: Shape,
  state: SiteState,
): Admitted & { readonly taken: Taken } => {
  const { now, minute_from, hour_from } = state
  const factor = factorAt({ factor: state.factor, slowedAt: state.slowed_at }, now)
  const rates = ratesOf(limits, factor)
  const from = { minute: minute_from, hour: hour_from }
  const free = (['minute', 'hour'] as const).map((span) => {
    const rate = rates[span]
    return rate ? tokensOf(from[span], now, rate) : rows.length
  })
  const count = Math.min(rows.length, ...free)
  const taken = {
    site,
    minute_from: rates.minute ? takeTokens(minute_from, now, rates.minute, count) : minute_from,
    hour_from: rates.hour ? takeTokens(hour_from, now, rates.hour, count) : hour_from,
  }
  const waitMs = Math.max(
    0,
    ...(['minute', 'hour'] as const).map((span) =>
      rates[span] ? nextTokenMs(taken[`${span}_from`], now, rates[span]) : 0,
    ),
  )
  const paceMs = Math.max(0, ...given(rates).map(intervalMs))
  const later = rows.slice(count).map((row, n) => ({
    key: row.recipientKey,
    seconds: Math.min(laterSecondsMax, Math.max(1, Math.ceil((waitMs + n * paceMs) / 1_000))),
    factor: factorText(site, factor, rates),
  }))
  return { now: rows.slice(0, count).map((row) => row.recipientKey), later, taken }
}

/** Urgent and transactional rows take what there is before campaigns do. */
const byLane = (rows: readonly Row[]): Row[] => rows.toSorted((a, b) => a.lane - b.lane)

/** Which rows may go on to their receivers now; their tokens are taken. */
export const admitToSites = async (
  trx: Trx,
  { accountId, providerId }: ShapedProvider,
  shapes: Shapes,
  rows: readonly Row[],
): Promise<Admitted> => {
  const admitted: Admitted = { now: [], later: [] }
  const groups = new Map<string, { shape: Shape; rows: Row[] }>()
  for (const row of byLane(rows)) {
    const shape = row.domain === null ? undefined : shapes.get(row.domain)
    if (!shape) {
      admitted.now.push(row.recipientKey)
      continue
    }
    const group = groups.get(shape.site) ?? { shape, rows: [] }
    group.rows.push(row)
    groups.set(shape.site, group)
  }
  if (groups.size === 0) return admitted
  const states = new Map(
    (await lockSites(trx, accountId, providerId, [...groups.keys()])).map((state) => [state.site, state]),
  )
  const taken: Taken[] = []
  for (const [site, group] of groups) {
    const state = states.get(site)
    if (!state) continue
    const judged = judgeSite(group.rows, group.shape, state)
    admitted.now.push(...judged.now)
    admitted.later.push(...judged.later)
    if (judged.now.length > 0) taken.push(judged.taken)
  }
  await saveTaken(trx, accountId, providerId, taken)
  return admitted
}
