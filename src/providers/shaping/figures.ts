import type { SubmitAnswer } from '../../channels/channel.ts'
import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { ShapedProvider } from './admit.ts'
import type { Outcome } from './outcome.ts'
import { addFigures, type Figures } from './queries.ts'

/** Counted in memory and written this often: figures are shown, nothing depends on them. */
const writeEveryMs = 2_000
export const slotMs = 10 * 60_000
/** Receivers told apart in one slot of one account; what else comes is counted together. */
const sitesMax = 500
export const allOthers = '*'

type Count = { -readonly [K in keyof Figures]: Figures[K] }
type Waiting = { readonly counts: Map<string, Map<string, Count>>; timer: NodeJS.Timeout | null }

const waitingOf = new WeakMap<Deps, Waiting>()
const seen = new WeakMap<Deps, { slot: number; sites: Map<string, Set<string>> }>()

/** The site itself while there are few, else `*`. */
const boundedSite = (deps: Deps, accountId: string, slot: number, site: string): string => {
  const known = seen.get(deps)
  const now = known?.slot === slot ? known : { slot, sites: new Map<string, Set<string>>() }
  if (now !== known) seen.set(deps, now)
  const sites = now.sites.get(accountId) ?? new Set<string>()
  now.sites.set(accountId, sites)
  if (!sites.has(site) && sites.size >= sitesMax) return allOthers
  sites.add(site)
  return site
}

const write = async (deps: Deps): Promise<void> => {
  const waiting = waitingOf.get(deps)
  if (!waiting) return
  waitingOf.delete(deps)
  if (waiting.timer) clearTimeout(waiting.timer)
  for (const [accountId, counts] of waiting.counts)
    await inAccount(deps.db, accountId, (trx) => addFigures(trx, accountId, [...counts.values()]))
}

/** Writes what was counted so far; a failure costs a chart two seconds. */
export const writeFigures = (deps: Deps): Promise<void> =>
  write(deps).catch((error: unknown) =>
    deps.log.warn({ err: error }, 'figures of receivers were not written'),
  )

const startWaiting = (deps: Deps): Waiting => {
  const timer = setTimeout(() => void writeFigures(deps), writeEveryMs)
  timer.unref()
  const fresh: Waiting = { counts: new Map(), timer }
  waitingOf.set(deps, fresh)
  return fresh
}

export const countAnswer = (
  deps: Deps,
  { accountId, providerId }: ShapedProvider,
  site: string,
  outcome: Outcome,
  answer: SubmitAnswer,
): void => {
  const slot = Math.floor(deps.clock.now().getTime() / slotMs) * slotMs
  const named = boundedSite(deps, accountId, slot, site)
  const waiting = waitingOf.get(deps) ?? startWaiting(deps)
  const counts = waiting.counts.get(accountId) ?? new Map<string, Count>()
  waiting.counts.set(accountId, counts)
  const key = `${providerId} ${slot} ${named}`
  const count = counts.get(key) ?? {
    provider_id: providerId,
    site: named,
    slot: new Date(slot),
    accepted: 0,
    deferred: 0,
    slowed: 0,
    refused: 0,
    blocked: 0,
    code: null,
    text: null,
  }
  counts.set(key, count)
  count[outcome] += 1
  if (outcome !== 'accepted' && 'code' in answer) {
    count.code = answer.code
    count.text = answer.text
  }
}
